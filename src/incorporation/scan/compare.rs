//! What has changed since the index was written. Pure: values in, values out.

use rustc_hash::FxHashMap;

use crate::model::{Change, ChangeKind, Digest};

/// A file of the index that is not found any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) path: String,
    pub(super) digest: Digest,
    pub(super) size: u64,
}

/// A file whose content was read, and its content in the index, if it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Before<'a> {
    pub(super) path: &'a str,
    pub(super) digest: Digest,
    pub(super) size: u64,
    pub(super) before: Option<Digest>,
}

/// The differences between the index and the tree.
///
/// `read` are the files whose content was read. `vanished` are files of the index that are no longer in the
/// tree, or that are left out now. A deleted file and a new one with the same content are one move; of
/// several candidates the one with the same name is taken, then the one whose path has most in common. An
/// empty file moves only under its own name: all empty files are alike.
pub(super) fn changes(read: &[Before<'_>], vanished: &[(Content, ChangeKind)]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut by_digest: FxHashMap<Digest, Vec<&Content>> = FxHashMap::default();
    for (gone, kind) in vanished {
        if *kind == ChangeKind::Deleted {
            by_digest.entry(gone.digest).or_default().push(gone);
        } else {
            changes.push(lost(gone, *kind));
        }
    }
    let mut appeared: Vec<&Before<'_>> = Vec::new();
    for content in read {
        match content.before {
            None => appeared.push(content),
            Some(digest) if digest != content.digest => changes.push(Change {
                path: content.path.to_owned(),
                change: ChangeKind::Modified,
                from: None,
                digest: content.digest,
                before: Some(digest),
            }),
            Some(_) => {}
        }
    }
    appeared.sort_by(|left, right| left.path.cmp(right.path));
    // Those that kept their name choose first, so that none of them loses its old path to a renamed one.
    let (same_name, renamed): (Vec<&Before<'_>>, Vec<&Before<'_>>) = appeared.into_iter().partition(|content| {
        by_digest
            .get(&content.digest)
            .is_some_and(|gone| gone.iter().any(|gone| name_of(&gone.path) == name_of(content.path)))
    });
    for content in same_name.into_iter().chain(renamed) {
        let from = by_digest.get_mut(&content.digest).and_then(|candidates| take_nearest(candidates, content));
        changes.push(Change {
            path: content.path.to_owned(),
            change: if from.is_some() { ChangeKind::Moved } else { ChangeKind::New },
            from,
            digest: content.digest,
            before: None,
        });
    }
    changes.extend(by_digest.into_values().flatten().map(|gone| lost(gone, ChangeKind::Deleted)));
    changes.sort_unstable();
    changes
}

fn lost(gone: &Content, kind: ChangeKind) -> Change {
    Change { path: gone.path.clone(), change: kind, from: None, digest: gone.digest, before: None }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Takes the candidate that is most likely the same file.
fn take_nearest(candidates: &mut Vec<&Content>, content: &Before<'_>) -> Option<String> {
    let common =
        |path: &str| path.split('/').zip(content.path.split('/')).take_while(|(left, right)| left == right).count();
    let (at, nearest) = candidates
        .iter()
        .enumerate()
        .max_by_key(|(at, gone)| {
            (name_of(&gone.path) == name_of(content.path), common(&gone.path), std::cmp::Reverse(*at))
        })
        .map(|(at, gone)| (at, *gone))?;
    if content.size == 0 && name_of(&nearest.path) != name_of(content.path) {
        return None;
    }
    candidates.swap_remove(at);
    Some(nearest.path.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(path: &str, text: &str) -> Content {
        Content { path: path.to_owned(), digest: Digest::of(text.as_bytes()), size: text.len() as u64 }
    }

    fn told(read: &[(Content, Option<Digest>)], vanished: &[Content]) -> Vec<(String, ChangeKind, Option<String>)> {
        let read: Vec<_> = read
            .iter()
            .map(|(content, before)| Before {
                path: &content.path,
                digest: content.digest,
                size: content.size,
                before: *before,
            })
            .collect();
        let vanished: Vec<_> = vanished.iter().map(|content| (content.clone(), ChangeKind::Deleted)).collect();
        changes(&read, &vanished).into_iter().map(|change| (change.path, change.change, change.from)).collect()
    }

    #[test]
    fn each_difference_has_its_name() {
        let old = Digest::of(b"old");
        let read = [
            (content("kept", "old"), Some(old)),
            (content("edited", "new"), Some(old)),
            (content("fresh", "x"), None),
            (content("b/moved", "m"), None),
        ];
        assert_eq!(
            told(&read, &[content("a/moved", "m"), content("gone", "g")]),
            [
                ("b/moved".to_owned(), ChangeKind::Moved, Some("a/moved".to_owned())),
                ("edited".to_owned(), ChangeKind::Modified, None),
                ("fresh".to_owned(), ChangeKind::New, None),
                ("gone".to_owned(), ChangeKind::Deleted, None),
            ]
        );
    }

    #[test]
    fn the_same_name_wins_over_the_order() {
        let read = [(content("new/a.py", "x"), None), (content("new/b.py", "x"), None)];
        assert_eq!(
            told(&read, &[content("old/b.py", "x"), content("old/c.py", "x")]),
            [
                ("new/a.py".to_owned(), ChangeKind::Moved, Some("old/c.py".to_owned())),
                ("new/b.py".to_owned(), ChangeKind::Moved, Some("old/b.py".to_owned())),
            ]
        );
    }

    #[test]
    fn what_is_left_out_is_neither_deleted_nor_moved() {
        let new = Before { path: "copy", digest: Digest::of(b"x"), size: 1, before: None };
        let kinds: Vec<_> = changes(&[new], &[(content("hidden", "x"), ChangeKind::LeftOut)])
            .into_iter()
            .map(|change| (change.path, change.change))
            .collect();
        assert_eq!(kinds, [("copy".to_owned(), ChangeKind::New), ("hidden".to_owned(), ChangeKind::LeftOut)]);
    }

    #[test]
    fn a_vanished_file_moves_once() {
        let read = [(content("x/a", "same"), None), (content("y/a", "same"), None)];
        let kinds: Vec<_> = told(&read, &[content("a", "same")]).into_iter().map(|(_, kind, _)| kind).collect();
        assert_eq!(kinds, [ChangeKind::Moved, ChangeKind::New]);
    }

    #[test]
    fn empty_files_are_all_alike() {
        let read = [(content("x/__init__.py", ""), None), (content("y/empty", ""), None)];
        assert_eq!(
            told(&read, &[content("z/__init__.py", ""), content("old", "")]),
            [
                ("old".to_owned(), ChangeKind::Deleted, None),
                ("x/__init__.py".to_owned(), ChangeKind::Moved, Some("z/__init__.py".to_owned())),
                ("y/empty".to_owned(), ChangeKind::New, None),
            ]
        );
    }
}
