//! Accuracy, macro-F1, calibration and the table of confusions.

use std::path::Path;

use aetherra_maint::incorporation::classify::{Features, Model};
use aetherra_maint::model::ComponentKind;

const CLASSES: usize = ComponentKind::ALL.len();
const BINS: usize = 10;

/// One answer on a file that was held out.
struct Answer {
    truth: ComponentKind,
    class: ComponentKind,
    confidence: f64,
    handmade: bool,
}

pub fn evaluate(set: &Path, model: &Model) {
    let mut answers = Vec::new();
    let mut packages = 0;
    super::set::each_tree(set, |tree, sightings, around| {
        if tree.split != "test" {
            return;
        }
        packages += usize::from(tree.name != "handmade");
        for sighting in sightings {
            let Some(&truth) = tree.labels.get(&sighting.file.path) else { continue };
            let judgement = model.judge(&Features::of(sighting, around));
            if judgement.class != truth {
                eprintln!(
                    "{} {:.2} {} {} {}",
                    truth.word(),
                    judgement.confidence,
                    judgement.class.word(),
                    tree.name,
                    sighting.file.path
                );
            }
            answers.push(Answer {
                truth,
                class: judgement.class,
                confidence: judgement.confidence,
                handmade: tree.name == "handmade",
            });
        }
    });
    print(&answers, packages, &model.version);
}

fn print(answers: &[Answer], packages: usize, version: &str) {
    let public: Vec<&Answer> = answers.iter().filter(|answer| !answer.handmade).collect();
    let handmade: Vec<&Answer> = answers.iter().filter(|answer| answer.handmade).collect();
    println!(
        "Classification, `benches/classify.sh`: answers on files of packages that the weights have never seen. How the \
         labels were made is in [tests/classify/LABELLING.md](tests/classify/LABELLING.md).\n"
    );
    println!("| held out | files | accuracy | macro-F1 | ECE (10 bins) |");
    println!("|---|---:|---:|---:|---:|");
    row(&format!("{packages} public packages"), &public);
    row("styles of the host, by hand", &handmade);
    row("both", &answers.iter().collect::<Vec<_>>());
    println!();
    println!("Model `{version}`. Rows are the labels, columns the answers:");
    println!();
    let words: Vec<&str> = ComponentKind::ALL.iter().map(|class| class.word()).collect();
    println!("| | {} | recall | precision |", words.join(" | "));
    println!("|---|{}", "---:|".repeat(CLASSES + 2));
    let all: Vec<&Answer> = answers.iter().collect();
    for truth in ComponentKind::ALL {
        let counts: Vec<String> =
            ComponentKind::ALL.iter().map(|&class| count(&all, truth, class).to_string()).collect();
        let (precision, recall) = precision_and_recall(&all, truth);
        println!("| **{}** | {} | {recall:.2} | {precision:.2} |", truth.word(), counts.join(" | "));
    }
    println!();
    println!("| confidence | answers | right | mean confidence |");
    println!("|---|---:|---:|---:|");
    for bin in 0..BINS {
        let inside: Vec<&&Answer> = all.iter().filter(|answer| bin_of(answer.confidence) == bin).collect();
        if !inside.is_empty() {
            let right =
                inside.iter().filter(|answer| answer.class == answer.truth).count() as f64 / inside.len() as f64;
            let mean = inside.iter().map(|answer| answer.confidence).sum::<f64>() / inside.len() as f64;
            println!(
                "| {:.1}–{:.1} | {} | {right:.2} | {mean:.2} |",
                bin as f64 / 10.0,
                (bin + 1) as f64 / 10.0,
                inside.len()
            );
        }
    }
}

fn row(name: &str, answers: &[&Answer]) {
    println!(
        "| {name} | {} | {:.3} | {:.3} | {:.3} |",
        answers.len(),
        accuracy(answers),
        macro_f1(answers),
        calibration_error(answers)
    );
}

fn count(answers: &[&Answer], truth: ComponentKind, class: ComponentKind) -> usize {
    answers.iter().filter(|answer| answer.truth == truth && answer.class == class).count()
}

fn accuracy(answers: &[&Answer]) -> f64 {
    answers.iter().filter(|answer| answer.truth == answer.class).count() as f64 / answers.len().max(1) as f64
}

fn precision_and_recall(answers: &[&Answer], class: ComponentKind) -> (f64, f64) {
    let right = count(answers, class, class) as f64;
    let answered = answers.iter().filter(|answer| answer.class == class).count().max(1) as f64;
    let there = answers.iter().filter(|answer| answer.truth == class).count().max(1) as f64;
    (right / answered, right / there)
}

/// Over the classes that occur in the labels.
fn macro_f1(answers: &[&Answer]) -> f64 {
    let scores: Vec<f64> = ComponentKind::ALL
        .iter()
        .filter(|&&class| answers.iter().any(|answer| answer.truth == class))
        .map(|&class| {
            let (precision, recall) = precision_and_recall(answers, class);
            if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
        })
        .collect();
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

fn bin_of(confidence: f64) -> usize {
    ((confidence * BINS as f64) as usize).min(BINS - 1)
}

/// Mean distance between confidence and the share of right answers, weighed by the size of the bins.
fn calibration_error(answers: &[&Answer]) -> f64 {
    let mut error = 0.0;
    for bin in 0..BINS {
        let inside: Vec<&&Answer> = answers.iter().filter(|answer| bin_of(answer.confidence) == bin).collect();
        if inside.is_empty() {
            continue;
        }
        let right = inside.iter().filter(|answer| answer.truth == answer.class).count() as f64;
        let sure: f64 = inside.iter().map(|answer| answer.confidence).sum();
        error += (right - sure).abs();
    }
    error / answers.len().max(1) as f64
}
