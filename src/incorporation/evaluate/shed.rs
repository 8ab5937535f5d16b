//! A bounded number of findings: the worst are kept, all of them are counted.

use std::collections::BTreeMap;

use super::Evaluated;
use crate::model::{Category, Finding, Severity};

/// So many findings of a run are kept.
pub const MAX_KEPT: usize = 100_000;

/// What is counted of findings that are not kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sort {
    /// How bad.
    pub severity: Severity,
    /// In which category.
    pub category: Category,
    /// Who silenced it.
    pub suppressed_by: Option<String>,
}

/// How many findings of each sort.
pub type Counts = BTreeMap<Sort, u64>;

/// What counts decides first, then how bad it is: those with the smallest rank go first.
type Rank = (bool, Severity);

fn rank(finding: &Finding) -> Rank {
    (finding.suppressed_by.is_none(), finding.severity)
}

/// How many findings are kept, by rank.
#[derive(Debug, Default)]
pub struct Kept(BTreeMap<Rank, usize>);

impl Kept {
    /// Counts more of them.
    pub fn count(&mut self, findings: &[Finding]) {
        for finding in findings {
            *self.0.entry(rank(finding)).or_default() += 1;
        }
    }

    /// Lets the mildest go when there are far too many, so that most batches cost nothing.
    pub fn shed_some(&mut self, all: &mut Evaluated) {
        if self.0.values().sum::<usize>() > 2 * MAX_KEPT {
            self.shed(all, MAX_KEPT);
        }
    }

    /// Lets the mildest go when there are too many.
    pub fn shed_rest(&mut self, all: &mut Evaluated) {
        self.shed(all, MAX_KEPT);
    }

    /// Keeps the worst, of equally bad ones those that come first. What is kept does not depend on how often this
    /// was done before.
    fn shed(&mut self, all: &mut Evaluated, most: usize) {
        let mut room = most;
        let mut quota: BTreeMap<Rank, usize> = BTreeMap::new();
        for (rank, count) in self.0.iter().rev() {
            let kept = (*count).min(room);
            room -= kept;
            quota.insert(*rank, kept);
        }
        if quota == self.0 {
            return;
        }
        self.0.clone_from(&quota);
        for (judgement, _) in &mut all.files {
            let mut gone = Counts::new();
            judgement.findings.retain(|finding| {
                let left = quota.entry(rank(finding)).or_default();
                if *left > 0 {
                    *left -= 1;
                    return true;
                }
                let (severity, category) = (finding.severity, finding.category);
                let sort = Sort { severity, category, suppressed_by: finding.suppressed_by.clone() };
                *gone.entry(sort).or_default() += 1;
                false
            });
            if !gone.is_empty() {
                judgement.findings.shrink_to_fit();
                let counts = all.untold.entry(judgement.path.clone()).or_default();
                gone.into_iter().for_each(|(sort, count)| *counts.entry(sort).or_default() += count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Digest, FileJudgement, SkipReason, Verdict};

    fn run(batches: &[Vec<(Severity, bool)>], most: usize) -> (Vec<(String, u32)>, u64) {
        let mut all = Evaluated::default();
        let mut kept = Kept::default();
        for (index, batch) in batches.iter().enumerate() {
            let path = format!("{index:03}.py");
            let mut judgement = FileJudgement::unjudged(&path, Digest([0; 32]), SkipReason::Binary, "");
            judgement.findings = (1..)
                .zip(batch)
                .map(|(line, (severity, silenced))| Finding {
                    line,
                    severity: *severity,
                    suppressed_by: silenced.then(|| "nosec".to_owned()),
                    ..Finding::default()
                })
                .collect();
            kept.count(&judgement.findings);
            all.files.push((judgement, Verdict::default()));
            if index % 2 == 0 {
                kept.shed(&mut all, most);
            }
        }
        kept.shed(&mut all, most);
        let lines = all.files.iter().flat_map(|(file, _)| file.findings.iter().map(|f| (file.path.clone(), f.line)));
        (lines.collect(), all.untold.values().flat_map(Counts::values).sum())
    }

    #[test]
    fn the_worst_and_first_stay_and_all_are_counted() {
        use Severity::{High, Low, Note};
        let batches =
            [vec![(Low, false), (High, true)], vec![(Note, false), (High, false)], vec![(Low, false), (Low, false)]];
        let at = |path: &str, line| (path.to_owned(), line);
        assert_eq!(run(&batches, 3), (vec![at("000.py", 1), at("001.py", 2), at("002.py", 1)], 3));
        assert_eq!(run(&batches, 1), (vec![at("001.py", 2)], 5));
        assert_eq!(run(&batches, 6).1, 0);
    }
}
