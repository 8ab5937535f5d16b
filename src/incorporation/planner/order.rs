//! Order by dependency, and what goes in circles.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The strongly connected parts of a graph, each sorted; parts are ordered by their first node.
///
/// Tarjan's algorithm with its own stack, so that a long chain cannot overflow ours.
pub fn circles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let count = edges.len();
    let (mut number, mut low, mut on_stack) = (vec![UNSEEN; count], vec![0; count], vec![false; count]);
    let (mut stack, mut parts, mut next) = (Vec::new(), Vec::new(), 0);
    for root in 0..count {
        if number[root] != UNSEEN {
            continue;
        }
        let mut work = vec![(root, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                (number[node], low[node], on_stack[node]) = (next, next, true);
                next += 1;
                stack.push(node);
            }
            if let Some(&target) = edges[node].get(edge) {
                work.push((node, edge + 1));
                if target >= count {
                    continue;
                }
                if number[target] == UNSEEN {
                    work.push((target, 0));
                } else if on_stack[target] {
                    low[node] = low[node].min(number[target]);
                }
                continue;
            }
            if low[node] == number[node] {
                let mut part = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    part.push(member);
                    if member == node {
                        break;
                    }
                }
                part.sort_unstable();
                parts.push(part);
            }
            if let Some(&(parent, _)) = work.last() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    parts.sort();
    parts
}

/// All nodes so that what a node needs comes before it; among those that could be next, the one with the
/// smallest key. Nodes in circles are left out.
pub fn by_dependency<K: Ord>(needs: &[Vec<usize>], key: impl Fn(usize) -> K) -> Vec<usize> {
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for (node, list) in needs.iter().enumerate() {
        for &need in list {
            needed_by[need].push(node);
        }
    }
    let mut ready: BinaryHeap<Reverse<(K, usize)>> =
        (0..needs.len()).filter(|&node| waiting[node] == 0).map(|node| Reverse((key(node), node))).collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(Reverse((_, node))) = ready.pop() {
        order.push(node);
        for &dependent in &needed_by[node] {
            waiting[dependent] -= 1;
            if waiting[dependent] == 0 {
                ready.push(Reverse((key(dependent), dependent)));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found() {
        let edges = [vec![1], vec![2], vec![0, 3], vec![], vec![4]];
        assert_eq!(circles(&edges), [vec![0, 1, 2], vec![3], vec![4]]);
    }

    #[test]
    fn a_long_chain_is_no_trouble() {
        let edges: Vec<Vec<usize>> = (0..200_000).map(|node| if node > 0 { vec![node - 1] } else { vec![] }).collect();
        assert_eq!(circles(&edges).len(), edges.len());
        assert_eq!(by_dependency(&edges, |node| node).first(), Some(&0));
    }

    #[test]
    fn what_is_needed_comes_first_then_the_smallest_key() {
        let needs = [vec![2], vec![], vec![], vec![3]];
        let key = [0, 9, 5, 0];
        assert_eq!(by_dependency(&needs, |node| key[node]), [2, 0, 1]);
    }

    proptest::proptest! {
        #[test]
        fn order_respects_every_edge(edges in proptest::collection::vec(proptest::collection::vec(0_usize..20, 0..3), 20)) {
            // Only edges to smaller nodes: no circles.
            let needs: Vec<Vec<usize>> = edges.iter().enumerate()
                .map(|(node, list)| list.iter().copied().filter(|&need| need < node).collect()).collect();
            let order = by_dependency(&needs, std::cmp::Reverse);
            let place: Vec<usize> = (0..20).map(|node| order.iter().position(|&other| other == node).unwrap()).collect();
            for (node, list) in needs.iter().enumerate() {
                for &need in list {
                    proptest::prop_assert!(place[need] < place[node]);
                }
            }
        }
    }
}
