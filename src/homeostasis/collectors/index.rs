//! What was discovered, judged, let in and isolated.

use super::{Collector, Metric, Observation, Sense};
use crate::error::Result;

/// Reads the index and what was decided about it.
pub struct Index;

impl Collector for Index {
    fn id(&self) -> &'static str {
        "index"
    }

    fn metrics(&self) -> &'static [Metric] {
        &[
            Metric { name: "files_discovered", unit: "count", help: "Files in the index" },
            Metric { name: "files_classified", unit: "count", help: "Files that have a class" },
            Metric { name: "files_evaluated", unit: "count", help: "Files whose security was judged" },
            Metric { name: "files_unjudged", unit: "count", help: "Files that could not be judged in full" },
            Metric { name: "files_integrated", unit: "count", help: "Files in the deployed tree" },
            Metric { name: "files_quarantined", unit: "count", help: "Files in quarantine" },
        ]
    }

    fn collect(&self, sense: &Sense<'_>) -> Result<Vec<Observation>> {
        let store = sense.store;
        let classified: u64 = store.classification_counts()?.into_iter().map(|(_, count)| count).sum();
        let verdicts = store.verdicts()?;
        let unjudged = verdicts.iter().filter(|verdict| !verdict.complete).count();
        let (_, deployed) = store.generation_deployed()?;
        let integrated: usize = deployed.iter().map(|component| component.files.len()).sum();
        Ok(vec![
            ("files_discovered", Ok(store.file_count()? as f64)),
            ("files_classified", Ok(classified as f64)),
            ("files_evaluated", Ok(verdicts.len() as f64)),
            ("files_unjudged", Ok(unjudged as f64)),
            ("files_integrated", Ok(integrated as f64)),
            ("files_quarantined", Ok(store.quarantine_paths()?.len() as f64)),
        ])
    }
}
