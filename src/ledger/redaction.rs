//! Which details are to be erased, and how the ledger tells of it.

use crate::model::ledger::{FIELD_LIMIT, SeqRange};

const DAY_NS: i64 = 24 * 3600 * 1_000_000_000;

/// Whose details are to be erased: entries to which everything applies that is said here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RedactRequest {
    /// In one of these ranges; everywhere when there is none.
    pub ranges: Vec<SeqRange>,
    /// With exactly this subject.
    pub subject: Option<String>,
    /// With one of these actions, or one that starts with it and a full stop; with any when there is none.
    pub actions: Vec<String>,
    /// From before this time, nanoseconds since 1970.
    pub before_ns: Option<i64>,
    /// Why.
    pub reason: String,
}

impl RedactRequest {
    /// What is due when details are kept for so many days; none when they are kept for good.
    pub fn due(days: u32, actions: &[String], now_ns: i64) -> Option<Self> {
        (days > 0).then(|| Self {
            actions: actions.to_vec(),
            before_ns: Some(now_ns.saturating_sub(i64::from(days) * DAY_NS)),
            reason: format!("the policy: details are kept for {days} days"),
            ..Self::default()
        })
    }

    /// Whether it means an entry.
    pub fn means(&self, seq: u64, time_ns: i64, action: &str, subject: &str) -> bool {
        let of = |wanted: &String| {
            action.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        (self.ranges.is_empty() || self.ranges.iter().any(|range| range.has(seq)))
            && (self.actions.is_empty() || self.actions.iter().any(of))
            && self.subject.as_ref().is_none_or(|wanted| wanted == subject)
            && self.before_ns.is_none_or(|before| time_ns < before)
    }

    /// Whether it may mean an entry of a range whose last entry is from this time.
    pub fn may_mean(&self, range: SeqRange, first_ns: i64) -> bool {
        let meets = |wanted: &SeqRange| wanted.from <= range.to && range.from <= wanted.to;
        (self.ranges.is_empty() || self.ranges.iter().any(meets))
            && self.before_ns.is_none_or(|before| first_ns < before)
    }

    /// Whether it says anything about which entries.
    pub fn is_bounded(&self) -> bool {
        !self.ranges.is_empty() || self.subject.is_some() || !self.actions.is_empty() || self.before_ns.is_some()
    }
}

/// The ranges as subjects of entries, none longer than a field may be, each with how many entries it names.
pub fn subjects(ranges: &[SeqRange]) -> Vec<(String, u64)> {
    let mut subjects: Vec<(String, u64)> = Vec::new();
    for range in ranges {
        let text = range.to_string();
        match subjects.last_mut() {
            Some((subject, count)) if subject.len() + 1 + text.len() <= FIELD_LIMIT => {
                subject.push(',');
                subject.push_str(&text);
                *count += range.count();
            }
            _ => subjects.push((text, range.count())),
        }
    }
    subjects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_name_every_range_and_fit_a_field() {
        let ranges: Vec<SeqRange> =
            (0..2000).map(|at| SeqRange { from: at * 10 + 1, to: at * 10 + 1 + at % 2 }).collect();
        let subjects = subjects(&ranges);
        assert!(subjects.len() > 1 && subjects.iter().all(|(subject, _)| subject.len() <= FIELD_LIMIT));
        let read: Vec<SeqRange> =
            subjects.iter().flat_map(|(subject, _)| subject.split(',')).map(|text| text.parse().unwrap()).collect();
        assert_eq!(read, ranges);
        assert_eq!(subjects.iter().map(|(_, count)| count).sum::<u64>(), 3000);
    }
}
