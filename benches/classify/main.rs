//! Measures the classifier on the labelled set, and writes the features that it is trained on.
//!
//!     cargo bench --bench classify -- features SET            one JSON object a labelled file, on stdout
//!     cargo bench --bench classify -- evaluate SET [MODEL]    figures on the packages that were held out
//!
//! SET is the folder that `tests/classify/fetch.py` filled.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench is a program for developers"
)]

mod figures;
mod set;

use std::path::Path;

use aetherra_maint::incorporation::classify::{Features, Model};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["features", set] => features(Path::new(set)),
        ["evaluate", set] => figures::evaluate(Path::new(set), Model::shipped().unwrap()),
        ["evaluate", set, model] => {
            figures::evaluate(Path::new(set), &Model::parse(&std::fs::read_to_string(model).unwrap()).unwrap());
        }
        // `cargo bench` without arguments runs every bench; without the set there is nothing to measure.
        _ => eprintln!("usage: cargo bench --bench classify -- features|evaluate SET [MODEL]"),
    }
}

fn features(set: &Path) {
    set::each_tree(set, |tree, sightings, around| {
        for sighting in sightings {
            let Some(class) = tree.labels.get(&sighting.file.path) else { continue };
            let features = Features::of(sighting, around);
            let values: serde_json::Map<String, serde_json::Value> = features
                .observations()
                .iter()
                .map(|observation| (observation.feature.to_owned(), observation.value.into()))
                .collect();
            println!(
                "{}",
                serde_json::json!({
                    "tree": tree.name, "split": tree.split, "ecosystem": tree.ecosystem, "path": sighting.file.path, "class": class.word(), "features": values
                })
            );
        }
    });
}
