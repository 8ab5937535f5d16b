//! Waiting for files to change.
//!
//! Files are looked at again and again by their stamps: that works on every file system, needs no limit of the
//! system raised, and misses nothing when very much changes at once.

use std::collections::BTreeMap;
use std::time::Duration;

use super::inputs::{self, Input, Inputs};
use crate::error::Result;
use crate::host::Host;
use crate::model::FileStamp;

/// How long nobody looks after a look that found nothing.
const PAUSE: Duration = Duration::from_millis(400);

/// An editor writes more than one file, and not at once: a change counts when nothing more has changed for this long.
const SETTLE: Duration = Duration::from_millis(150);

/// After so many looks in which something changed each time, what is there is judged all the same.
const MAX_SETTLING: u32 = 20;

/// A look at a large tree takes a while; nobody looks for longer than this part of the time.
const LOOKING_SHARE: u32 = 10;

/// What the files look like from outside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen(BTreeMap<String, Option<FileStamp>>);

impl Seen {
    /// What these inputs look like now.
    pub fn of(inputs: &Inputs) -> Self {
        let stamps = inputs.files.iter().map(|input| {
            let stamp = match input {
                Input::File { source, .. } => inputs::stamp(source).ok(),
                Input::Blob { .. } => None,
            };
            (input.path().to_owned(), stamp)
        });
        // What could not be looked at may become readable.
        let skipped = inputs.skipped.iter().filter(|skipped| skipped.reason.is_gap());
        Self(stamps.chain(skipped.map(|skipped| (skipped.path.clone(), None))).collect())
    }

    /// How many files were added, changed or removed since.
    pub fn changed_since(&self, before: &Self) -> usize {
        let other = |path: &String, stamp| before.0.get(path) != Some(stamp);
        let new = self.0.iter().filter(|(path, stamp)| other(path, stamp)).count();
        new + before.0.keys().filter(|path| !self.0.contains_key(*path)).count()
    }
}

/// Waits until something changed and then nothing more for a moment. A look that fails is tried again: a folder may
/// be gone while it is replaced.
///
/// # Errors
/// When the run is asked to stop.
pub fn wait(host: &Host, before: &Seen, mut look: impl FnMut() -> Result<Inputs>) -> Result<Seen> {
    let mut pause = PAUSE;
    loop {
        rest(host, pause)?;
        let started = host.clock.now_ns();
        let mut now = match look() {
            Ok(inputs) => Seen::of(&inputs),
            Err(_) => continue,
        };
        let took = u64::try_from(host.clock.now_ns().saturating_sub(started)).unwrap_or(0);
        pause = PAUSE.max(Duration::from_nanos(took) * LOOKING_SHARE);
        if now == *before {
            continue;
        }
        for _ in 0..MAX_SETTLING {
            rest(host, SETTLE)?;
            let Ok(inputs) = look() else { continue };
            let next = Seen::of(&inputs);
            if next == now {
                break;
            }
            now = next;
        }
        if now != *before {
            return Ok(now);
        }
    }
}

/// Sleeps in pieces, so that a signal is answered at once.
fn rest(host: &Host, long: Duration) -> Result<()> {
    const PIECE: Duration = Duration::from_millis(50);
    let mut left = long;
    while !left.is_zero() {
        host.stop.check()?;
        let now = left.min(PIECE);
        host.clock.sleep(now);
        left -= now;
    }
    host.stop.check()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::{FixedClock, Stop};
    use std::sync::Arc;

    fn inputs(files: &[(&std::path::Path, &str)]) -> Inputs {
        let files =
            files.iter().map(|(folder, name)| Input::File { path: (*name).to_owned(), source: folder.join(name) });
        Inputs { files: files.collect(), ..Inputs::default() }
    }

    #[test]
    fn changes_are_waited_for_until_they_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        write("a.py", "1");
        let host = Host::fake(0, 1);
        let before = Seen::of(&inputs(&[(folder.path(), "a.py")]));
        let mut looks = 0;
        let seen = wait(&host, &before, || {
            looks += 1;
            // Nothing at first, then a change, then one more while the first is settling.
            match looks {
                3 => write("a.py", "12"),
                4 => write("b.py", "1"),
                _ => {}
            }
            let both: &[_] = &[(folder.path(), "a.py"), (folder.path(), "b.py")];
            Ok(inputs(if looks < 4 { &both[..1] } else { both }))
        });
        assert_eq!(seen.expect("a change").changed_since(&before), 2);
        assert_eq!(looks, 5);
    }

    #[test]
    fn what_never_settles_is_judged_all_the_same_and_a_limit_ends_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(FixedClock::new(0));
        let mut host = Host { clock: clock.clone(), ..Host::fake(0, 1) };
        let mut looks = 0_usize;
        let seen = wait(&host, &Seen::default(), || {
            looks += 1;
            std::fs::write(folder.path().join("a.py"), "x".repeat(looks)).expect("a file");
            Ok(inputs(&[(folder.path(), "a.py")]))
        });
        assert!(seen.is_ok() && looks == 1 + MAX_SETTLING as usize, "{looks}");
        host.stop = Stop::default().after(Duration::from_secs(5), &host.clock);
        let seen = wait(&host, &Seen::default(), || Ok(Inputs::default()));
        assert_eq!(seen.err().map(|error| error.code), Some("max-runtime"));
    }
}
