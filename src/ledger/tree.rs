//! The Merkle tree of RFC 6962 over the hashes of the entries.
//!
//! A tree is kept as a [`CompactRange`]: the roots of its complete subtrees, at most 64 hashes. That is
//! enough to append and to know the root. A proof needs the roots of a few contiguous ranges of leaves;
//! [`inclusion_ranges`] and [`consistency_ranges`] say which, so that one pass over the leaves yields them.

use std::ops::Range;

use crate::model::Digest;

/// What SHA-256 works on for a leaf, without its data: a zero, 32 bytes, and the padding.
const LEAF: [u8; 64] = {
    let mut block = [0; 64];
    block[33] = 0x80;
    [block[62], block[63]] = (33u16 * 8).to_be_bytes();
    block
};

/// The same for a node: a one, twice 32 bytes, and the padding.
const NODE: [[u8; 64]; 2] = {
    let mut blocks = [[0; 64]; 2];
    blocks[0][0] = 1;
    blocks[1][1] = 0x80;
    [blocks[1][62], blocks[1][63]] = (65u16 * 8).to_be_bytes();
    blocks
};

/// The hash of a leaf.
pub fn leaf_hash(data: &[u8; 32]) -> Digest {
    let mut blocks = [LEAF];
    blocks[0][1..33].copy_from_slice(data);
    Digest::of_blocks(&blocks)
}

/// The hash of a node.
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let mut blocks = NODE;
    blocks[0][1..33].copy_from_slice(&left.0);
    blocks[0][33..].copy_from_slice(&right.0[..31]);
    blocks[1][0] = right.0[31];
    Digest::of_blocks(&blocks)
}

/// The root of the tree without leaves.
pub fn empty_root() -> Digest {
    Digest::of(&[])
}

/// A tree that can grow: its size and the roots of its complete subtrees, the largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompactRange {
    size: u64,
    roots: Vec<Digest>,
}

impl CompactRange {
    /// A tree of `size` leaves with these roots; none when their number does not fit the size.
    pub fn from_parts(size: u64, bytes: &[u8]) -> Option<Self> {
        let roots: Vec<Digest> =
            bytes.chunks(32).map(|chunk| chunk.try_into().ok().map(Digest)).collect::<Option<_>>()?;
        (roots.len() == size.count_ones() as usize).then_some(Self { size, roots })
    }

    /// The roots, one after the other.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.roots.iter().flat_map(|root| root.0).collect()
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The tree over the leaves from one to before another, as far as it is made of complete subtrees that are known
    /// here; a piece that reaches to the end may be asked for with any end beyond it.
    pub fn part(&self, range: &Range<u64>) -> Option<Self> {
        let end = range.end.min(self.size);
        let mut from = 0;
        let mut part = Self::default();
        let levels = (0..u64::BITS).rev().filter(|level| self.size >> level & 1 == 1);
        for (level, root) in levels.zip(&self.roots) {
            if from >= range.start && from + (1 << level) <= end {
                part.roots.push(*root);
                part.size += 1 << level;
            }
            from += 1 << level;
        }
        (part.size == end.saturating_sub(range.start)).then_some(part)
    }

    /// Adds the leaf of an entry.
    pub fn push(&mut self, entry_hash: &Digest) {
        self.push_subtree(0, leaf_hash(&entry_hash.0));
    }

    /// Adds the leaves of entries, and empties the list of their hashes.
    ///
    /// Level by level, so that hashes that do not wait for one another follow one another: the processor then works
    /// on several at a time.
    pub fn extend(&mut self, entry_hashes: &mut Vec<Digest>) {
        entry_hashes.iter_mut().for_each(|hash| *hash = leaf_hash(&hash.0));
        let mut rest = entry_hashes.as_mut_slice();
        while !rest.is_empty() {
            // The largest complete subtree that begins here.
            let level = self.size.trailing_zeros().min(rest.len().ilog2());
            let (block, after) = rest.split_at_mut(1 << level);
            for level in (0..level).rev() {
                for at in 0..1 << level {
                    block[at] = node_hash(&block[2 * at], &block[2 * at + 1]);
                }
            }
            self.push_subtree(level, block[0]);
            rest = after;
        }
        entry_hashes.clear();
    }

    /// Adds the tree that follows this one. This one's size must be a multiple of a power of two that is no
    /// smaller than the other's.
    pub fn join(&mut self, other: &Self) {
        let levels = (0..u64::BITS).rev().filter(|level| other.size >> level & 1 == 1);
        for (level, root) in levels.zip(&other.roots) {
            self.push_subtree(level, *root);
        }
    }

    /// Adds a complete subtree of two to the power of `level` leaves.
    fn push_subtree(&mut self, level: u32, mut hash: Digest) {
        let mut bits = self.size >> level;
        while bits & 1 == 1 {
            if let Some(left) = self.roots.pop() {
                hash = node_hash(&left, &hash);
            }
            bits >>= 1;
        }
        self.roots.push(hash);
        self.size += 1 << level;
    }

    /// The root of the tree.
    pub fn root(&self) -> Digest {
        let mut right_to_left = self.roots.iter().rev();
        let Some(last) = right_to_left.next() else { return empty_root() };
        right_to_left.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// A tree whose leaves from some point on are all kept with what is above them, so that each of them can be proved
/// at once. 64 bytes a leaf.
#[derive(Debug, Clone)]
pub struct ProofTree {
    size: u64,
    /// For each level, the index of the first complete node that is kept, and the nodes from there on.
    levels: Vec<(u64, Vec<Digest>)>,
}

impl ProofTree {
    /// A tree that goes on from another, of which nothing but its complete subtrees is known.
    pub fn after(tree: &CompactRange) -> Self {
        let mut roots = tree.roots.iter().rev();
        let levels = (0..u64::BITS).map(|level| {
            let next = tree.size >> level;
            let last = (next & 1 == 1).then(|| roots.next().copied()).flatten();
            (next - u64::from(last.is_some()), last.into_iter().collect())
        });
        Self { size: tree.size, levels: levels.collect() }
    }

    /// Adds the leaf of an entry.
    pub fn push(&mut self, entry_hash: &Digest) {
        let mut hash = leaf_hash(&entry_hash.0);
        for (first, nodes) in &mut self.levels {
            let index = *first + nodes.len() as u64;
            let left = nodes.last().copied();
            nodes.push(hash);
            match left {
                Some(left) if index & 1 == 1 => hash = node_hash(&left, &hash),
                _ => break,
            }
        }
        self.size += 1;
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    fn node(&self, level: usize, index: u64) -> Option<Digest> {
        let (first, nodes) = self.levels.get(level)?;
        nodes.get(usize::try_from(index.checked_sub(*first)?).ok()?).copied()
    }

    /// For each level, the root over the leaves after its last complete node.
    fn rests(&self) -> Vec<Option<Digest>> {
        let mut rests = vec![None];
        for level in 0..self.levels.len() {
            let rest = rests.last().copied().flatten();
            let complete = self.size >> level;
            let node = (complete & 1 == 1).then(|| self.node(level, complete - 1)).flatten();
            rests.push(match (node, rest) {
                (Some(node), Some(rest)) => Some(node_hash(&node, &rest)),
                (node, rest) => node.or(rest),
            });
        }
        rests
    }

    /// The root.
    pub fn root(&self) -> Digest {
        self.rests().pop().flatten().unwrap_or_else(empty_root)
    }

    /// The proofs of leaves, one after the other: what each asks for is the index of a leaf, from zero. None for a
    /// leaf that is not kept.
    pub fn proofs(&self) -> impl Fn(u64) -> Option<Vec<Digest>> {
        let rests = self.rests();
        move |index| {
            if index >= self.size {
                return None;
            }
            let mut path = Vec::new();
            for (level, rest) in (0usize..).zip(&rests).take_while(|(level, _)| self.size > 1 << level) {
                let (node, complete) = (index >> level, self.size >> level);
                let sibling = node ^ 1;
                if sibling < complete {
                    path.push(self.node(level, sibling)?);
                } else if sibling == complete {
                    path.extend(*rest);
                }
            }
            Some(path)
        }
    }
}

/// The largest power of two below `size`, which must be at least two.
fn split(size: u64) -> u64 {
    1 << (u64::BITS - 1 - (size - 1).leading_zeros())
}

/// The ranges of leaves whose roots prove that leaf `index` (from zero) is in a tree of `size` leaves, in the
/// order of the proof. None when there is no such leaf.
pub fn inclusion_ranges(index: u64, size: u64) -> Option<Vec<Range<u64>>> {
    if index >= size {
        return None;
    }
    let (mut from, mut to) = (0, size);
    let mut ranges = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            ranges.push(middle..to);
            to = middle;
        } else {
            ranges.push(from..middle);
            from = middle;
        }
    }
    ranges.reverse();
    Some(ranges)
}

/// The ranges of leaves whose roots prove that a tree of `size` leaves begins with the tree of its first `old`.
/// None when `old` is zero or larger than `size`.
pub fn consistency_ranges(old: u64, size: u64) -> Option<Vec<Range<u64>>> {
    if old == 0 || old > size {
        return None;
    }
    let (mut from, mut to) = (0, size);
    let mut ranges = Vec::new();
    let mut is_whole = true;
    while old != to {
        let middle = from + split(to - from);
        if old <= middle {
            ranges.push(middle..to);
            to = middle;
        } else {
            ranges.push(from..middle);
            from = middle;
            is_whole = false;
        }
    }
    if !is_whole {
        ranges.push(from..to);
    }
    ranges.reverse();
    Some(ranges)
}

/// Whether a proof of inclusion leads from an entry to a root (RFC 9162, 2.1.3.2).
pub fn is_included(entry_hash: &Digest, index: u64, size: u64, proof: &[Digest], root: &Digest) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf_hash(&entry_hash.0);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether a proof of consistency leads from an old root to a new one (RFC 9162, 2.1.4.2).
pub fn is_consistent(old: u64, old_root: &Digest, size: u64, root: &Digest, proof: &[Digest]) -> bool {
    if old == size {
        return proof.is_empty() && old_root == root;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == empty_root();
    }
    if old > size {
        return false;
    }
    let mut path = proof.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { path.next() };
    let Some(first) = first else { return false };
    let (mut node, mut last) = (old - 1, size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *root
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaves(count: u64) -> Vec<Digest> {
        (0..count).map(|number| Digest::of(&number.to_be_bytes())).collect()
    }

    /// The definition of RFC 6962, word for word.
    fn defined_root(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => empty_root(),
            [leaf] => leaf_hash(&leaf.0),
            _ => {
                let (left, right) = leaves.split_at(usize::try_from(split(leaves.len() as u64)).unwrap());
                node_hash(&defined_root(left), &defined_root(right))
            }
        }
    }

    fn roots(leaves: &[Digest], ranges: Vec<Range<u64>>) -> Vec<Digest> {
        ranges.into_iter().map(|range| defined_root(&leaves[range.start as usize..range.end as usize])).collect()
    }

    #[test]
    fn roots_of_known_trees() {
        let mut tree = CompactRange::default();
        assert_eq!(tree.root().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for count in 0..70 {
            let leaves = leaves(count);
            assert_eq!(tree.root(), defined_root(&leaves), "{count}");
            assert_eq!(CompactRange::from_parts(count, &tree.to_bytes()), Some(tree.clone()));
            tree.push(&Digest::of(&count.to_be_bytes()));
        }
        assert_eq!(CompactRange::from_parts(3, &[0; 32]), None);
    }

    proptest! {
        #[test]
        fn trees_join_where_the_first_ends_on_a_boundary(full in 0u64..5, rest in 0u64..17) {
            let leaves = leaves(full * 16 + rest);
            let grow = |leaves: &[Digest]| {
                let mut tree = CompactRange::default();
                leaves.iter().for_each(|leaf| tree.push(leaf));
                tree
            };
            let mut joined = CompactRange::default();
            leaves.chunks(16).for_each(|chunk| joined.join(&grow(chunk)));
            prop_assert_eq!(joined, grow(&leaves));
        }

        #[test]
        fn every_leaf_that_is_kept_is_proved(known in 0u64..70, more in 1u64..70) {
            let leaves = leaves(known + more);
            let mut tree = CompactRange::default();
            leaves[..known as usize].iter().for_each(|leaf| tree.push(leaf));
            let mut kept = ProofTree::after(&tree);
            leaves[known as usize..].iter().for_each(|leaf| kept.push(leaf));
            let root = defined_root(&leaves);
            prop_assert_eq!(kept.root(), root);
            let proofs = kept.proofs();
            for index in known..known + more {
                let proof = proofs(index).unwrap();
                prop_assert_eq!(&proof, &roots(&leaves, inclusion_ranges(index, known + more).unwrap()));
                prop_assert!(is_included(&leaves[index as usize], index, known + more, &proof, &root));
            }
            prop_assert_eq!(proofs(known + more), None);
        }

        #[test]
        fn leaves_may_come_in_any_pieces(count in 0u64..200, pieces in prop::collection::vec(0usize..40, 0..9)) {
            let leaves = leaves(count);
            let (mut one_by_one, mut pieced) = (CompactRange::default(), CompactRange::default());
            leaves.iter().for_each(|leaf| one_by_one.push(leaf));
            let mut rest = leaves.as_slice();
            for piece in pieces.into_iter().chain([usize::MAX]) {
                let (now, later) = rest.split_at(piece.min(rest.len()));
                pieced.extend(&mut now.to_vec());
                rest = later;
            }
            prop_assert_eq!(pieced, one_by_one);
        }

        #[test]
        fn inclusion_holds_and_nothing_else_does(size in 1u64..200, pick: u64, other: u64) {
            let leaves = leaves(size);
            let (index, other) = (pick % size, other % size);
            let root = defined_root(&leaves);
            let proof = roots(&leaves, inclusion_ranges(index, size).unwrap());
            prop_assert!(is_included(&leaves[index as usize], index, size, &proof, &root));
            if other != index {
                prop_assert!(!is_included(&leaves[other as usize], index, size, &proof, &root));
                prop_assert!(!is_included(&leaves[index as usize], other, size, &proof, &root));
            }
            let mut longer = proof.clone();
            longer.push(root);
            prop_assert!(!is_included(&leaves[index as usize], index, size, &longer, &root));
            if !proof.is_empty() {
                prop_assert!(!is_included(&leaves[index as usize], index, size, &proof[1..], &root));
            }
        }

        #[test]
        fn consistency_holds_and_nothing_else_does(size in 1u64..200, pick: u64) {
            let leaves = leaves(size);
            let old = pick % size + 1;
            let (old_root, root) = (defined_root(&leaves[..old as usize]), defined_root(&leaves));
            let proof = roots(&leaves, consistency_ranges(old, size).unwrap());
            prop_assert!(is_consistent(old, &old_root, size, &root, &proof));
            let mut forged = leaves.clone();
            forged[(old - 1) as usize] = Digest::of(b"another");
            let forged_root = defined_root(&forged);
            let forged_proof = roots(&forged, consistency_ranges(old, size).unwrap());
            prop_assert!(!is_consistent(old, &old_root, size, &forged_root, &forged_proof));
            prop_assert!(!is_consistent(old, &old_root, size, &forged_root, &proof));
        }
    }
}
