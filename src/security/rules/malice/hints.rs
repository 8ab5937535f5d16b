//! What a file mentions at all: one pass over its text, so that most calls of most files need no second look.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::LazyLock;

use super::agency::POLICIES;
use super::persistence::{PACKAGES, PLACES};
use super::tampering::{RECORDS, TRUSTED as TRUSTED_FILES};
use super::theft::{DROPS, READERS, STORES};

/// Places of credentials and private data.
pub(in crate::security) const STORE: u32 = 1;
/// Collectors that belong to nobody in particular.
pub(in crate::security) const DROP: u32 = 1 << 1;
/// The environment.
pub(in crate::security) const ENVIRONMENT: u32 = 1 << 2;
/// What opens stores, watches screens or listens.
pub(in crate::security) const READER: u32 = 1 << 3;
/// Who and where this is.
pub(in crate::security) const IDENTITY: u32 = 1 << 4;

/// Where things are put that start by themselves.
pub(in crate::security) const START: u32 = 1 << 5;
/// The path of the file itself.
pub(in crate::security) const ITSELF: u32 = 1 << 6;
/// Ciphers.
pub(in crate::security) const CIPHER: u32 = 1 << 7;
/// Files that others trust, and records.
pub(in crate::security) const TRUSTED: u32 = 1 << 8;
/// Policies and settings of agents.
pub(in crate::security) const POLICY: u32 = 1 << 9;

/// All bits.
const ALL: u32 = (1 << 10) - 1;

static SEARCH: LazyLock<(Option<AhoCorasick>, Vec<u32>)> = LazyLock::new(|| {
    let mut words: Vec<&str> = Vec::new();
    let mut bits = Vec::new();
    let mut add = |list: &[&'static str], bit: u32| {
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
    add(PLACES, START);
    add(PACKAGES, START);
    add(&["crontab", "schtasks", "CurrentVersion", ".git", "launchctl"], START);
    add(&["__file__", "argv"], ITSELF);
    add(&["crypt"], CIPHER);
    add(TRUSTED_FILES, TRUSTED);
    add(RECORDS, TRUSTED);
    add(&["expanduser", "Path.home", "rmtree"], TRUSTED);
    add(POLICIES, POLICY);
    add(&[".claude", ".cursor", "claude_desktop"], POLICY);
    // It runs over whole files: larger in memory than the usual kind, and faster.
    (AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(words).ok(), bits)
});

/// The bits of what a text mentions.
pub(in crate::security) fn of(text: &str) -> u32 {
    let (Some(search), bits) = &*SEARCH else { return u32::MAX };
    let mut found = 0;
    for hit in search.find_overlapping_iter(text) {
        found |= bits.get(hit.pattern().as_usize()).copied().unwrap_or(0);
        if found == ALL {
            break;
        }
    }
    found
}
