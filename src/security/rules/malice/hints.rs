//! What a file mentions at all: one pass over its text, so that most calls of most files need no second look.

use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

use super::theft::{DROPS, READERS, STORES};

/// Places of credentials and private data.
pub(in crate::security) const STORE: u8 = 1;
/// Collectors that belong to nobody in particular.
pub(in crate::security) const DROP: u8 = 1 << 1;
/// The environment.
pub(in crate::security) const ENVIRONMENT: u8 = 1 << 2;
/// What opens stores, watches screens or listens.
pub(in crate::security) const READER: u8 = 1 << 3;
/// Who and where this is.
pub(in crate::security) const IDENTITY: u8 = 1 << 4;

static SEARCH: LazyLock<(Option<AhoCorasick>, Vec<u8>)> = LazyLock::new(|| {
    let mut words: Vec<&str> = Vec::new();
    let mut bits = Vec::new();
    let mut add = |list: &[&'static str], bit: u8| {
        for word in list {
            // Functions are imported under other names; their last part stays.
            let last = word.rsplit('.').next().unwrap_or(word);
            words.push(if bit == READER { last } else { word });
            bits.push(bit);
        }
    };
    add(STORES, STORE);
    add(DROPS, DROP);
    add(&["environ", "getenv"], ENVIRONMENT);
    add(READERS, READER);
    add(&["\".ssh\"", "'.ssh'", "\".aws\"", "'.aws'", "\".env\"", "'.env'"], STORE);
    add(&["security-credentials", "clipboard_get", "key=clear", "hidden answer"], STORE);
    add(&["getuser", "getlogin", "gethostname", "platform.node", "uname", "getfqdn"], IDENTITY);
    (AhoCorasick::new(words).ok(), bits)
});

/// The bits of what a text mentions.
pub(in crate::security) fn of(text: &str) -> u8 {
    let (Some(search), bits) = &*SEARCH else { return u8::MAX };
    let mut found = 0;
    for hit in search.find_overlapping_iter(text) {
        found |= bits.get(hit.pattern().as_usize()).copied().unwrap_or(0);
        if found == STORE | DROP | ENVIRONMENT | READER | IDENTITY {
            break;
        }
    }
    found
}
