//! The report of `classify`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Answer, Outcome, Page, Report, Stats};
use crate::error::{Error, Result};
use crate::incorporation::classify::Classified;
use crate::model::{ComponentKind, Diagnostic, Digest, Evidence};
use crate::store::ClassifiedFile;

/// Files of unknown class that are listed at most, without `-v`.
const BRIEF: usize = 200;

/// What is shown of what was classified.
#[derive(Debug, Clone)]
pub enum Selection {
    /// Every file.
    All,
    /// Files at or below these paths, as they are written in the index; all when there are none.
    Some {
        /// Files and folders.
        paths: Vec<String>,
        /// Only this class.
        class: Option<ComponentKind>,
    },
    /// One file with everything that decided.
    Explained(String),
}

/// The classes of the files.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClassifyReport {
    /// Version of the model that decided.
    pub model: String,
    /// How many of the shown files have each class.
    pub classes: Vec<ClassCount>,
    /// Files whose class was written by this run.
    pub written: usize,
    /// Classes that were forgotten by this run, since the files are gone.
    pub forgotten: usize,
    /// The files, sorted by path.
    pub files: Vec<FileClass>,
    #[serde(skip)]
    listed: bool,
    #[serde(skip)]
    complete: bool,
}

/// How many files have a class.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ClassCount {
    /// The class.
    pub class: ComponentKind,
    /// Files.
    pub files: usize,
    /// Mean confidence, 0 to 1.
    pub mean_confidence: f64,
}

/// The class of a file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FileClass {
    /// The file.
    pub path: String,
    /// The content that was classified.
    pub digest: Digest,
    /// The class.
    pub class: ComponentKind,
    /// Calibrated probability that the class is right, 0 to 1.
    pub confidence: f64,
    /// With `--explain`: the probability of every class; they sum to 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub probabilities: Vec<ClassProbability>,
    /// With `--explain`: what decided, strongest first; negative weights spoke against the class.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// How likely a class is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ClassProbability {
    /// The class.
    pub class: ComponentKind,
    /// 0 to 1.
    pub probability: f64,
}

fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

impl FileClass {
    fn brief(file: &ClassifiedFile) -> Self {
        let own = &file.classification;
        Self {
            path: own.path.clone(),
            digest: own.digest,
            class: own.class,
            confidence: rounded(own.confidence),
            probabilities: Vec::new(),
            evidence: Vec::new(),
        }
    }

    fn explained(file: &ClassifiedFile) -> Self {
        let probabilities = ComponentKind::ALL
            .into_iter()
            .zip(&file.probabilities)
            .map(|(class, &probability)| ClassProbability { class, probability })
            .collect();
        Self { probabilities, evidence: file.classification.evidence.clone(), ..Self::brief(file) }
    }
}

/// The answer of `classify`.
pub fn answer(done: Classified, selection: &Selection) -> Result<Answer> {
    let is_below = |path: &str, folder: &String| crate::model::path_key::is_within(path, folder);
    let files: Vec<FileClass> = match selection {
        Selection::All => done.files.iter().map(FileClass::brief).collect(),
        Selection::Some { paths, class } => {
            for path in paths {
                if !done.files.iter().any(|file| is_below(&file.classification.path, path)) {
                    return Err(not_indexed(path));
                }
            }
            done.files
                .iter()
                .filter(|file| {
                    let path = &file.classification.path;
                    (paths.is_empty() || paths.iter().any(|folder| is_below(path, folder)))
                        && class.is_none_or(|class| file.classification.class == class)
                })
                .map(FileClass::brief)
                .collect()
        }
        Selection::Explained(path) => {
            let file = done.files.iter().find(|file| &file.classification.path == path);
            vec![FileClass::explained(file.ok_or_else(|| not_indexed(path))?)]
        }
    };
    let mut diagnostics = Vec::new();
    if done.files.is_empty() {
        diagnostics.push(
            Diagnostic::warning("index-empty", "the index has no files").helped("run `aetherra-maint scan` first"),
        );
    }
    for skipped in &done.skipped {
        diagnostics.push(
            Diagnostic::warning("changed-since-scan", "the file is not as the index knows it; its text was not used")
                .at(&skipped.path)
                .helped("run `aetherra-maint scan`, then classify again"),
        );
    }
    let inputs = done.files.len() as u64;
    let stats = Stats { inputs, judged: inputs - done.skipped.len() as u64, skipped: done.skipped.clone() };
    let report = ClassifyReport {
        model: done.model,
        classes: count(&files),
        written: done.written,
        forgotten: done.forgotten,
        files,
        listed: !matches!(selection, Selection::All),
        complete: done.skipped.is_empty(),
    };
    let next = match selection {
        Selection::All if inputs > 0 => vec!["aetherra-maint security-eval".to_owned()],
        _ => Vec::new(),
    };
    Ok(Answer { stats, diagnostics, audit: done.audit, next, ..Answer::new(report) })
}

fn not_indexed(path: &str) -> Error {
    Error::usage("not-indexed", format!("`{path}` is not in the index"))
        .hinted("run `aetherra-maint scan` first; `scan --list-skipped` says what was left out and why")
}

fn count(files: &[FileClass]) -> Vec<ClassCount> {
    ComponentKind::ALL
        .into_iter()
        .filter_map(|class| {
            let of_class: Vec<f64> =
                files.iter().filter(|file| file.class == class).map(|file| file.confidence).collect();
            let mean = of_class.iter().sum::<f64>() / of_class.len().max(1) as f64;
            (!of_class.is_empty()).then(|| ClassCount { class, files: of_class.len(), mean_confidence: rounded(mean) })
        })
        .collect()
}

impl Report for ClassifyReport {
    fn schema(&self) -> &'static str {
        "classify/v1"
    }

    fn outcome(&self) -> Outcome {
        if !self.complete {
            Outcome::Incomplete
        } else if self.files.is_empty() && !self.listed {
            Outcome::Empty
        } else {
            Outcome::Yes
        }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        let item = |file: &FileClass| {
            let mut item = json!(file);
            item["type"] = json!("file");
            item
        };
        self.files.iter().map(item).collect()
    }

    fn human(&self, page: &mut Page) {
        if let [file] = self.files.as_slice()
            && !file.probabilities.is_empty()
        {
            explain(file, page);
            return;
        }
        if self.listed || page.verbosity > 0 {
            self.list(page);
            page.line("");
        }
        let mut table =
            Table::new(&[Column::Identifier("class"), Column::Number("files"), Column::Number("mean confidence")]);
        for class in &self.classes {
            table.row([
                class.class.word().to_owned(),
                class.files.to_string(),
                format!("{:.2}", class.mean_confidence),
            ]);
        }
        table.write(page);
        if self.files.is_empty() {
            page.line("no files");
        }
    }
}

impl ClassifyReport {
    fn list(&self, page: &mut Page) {
        let limit = if page.verbosity > 0 { usize::MAX } else { BRIEF };
        let mut table =
            Table::new(&[Column::Identifier("class"), Column::Number("confidence"), Column::Identifier("path")]);
        for file in self.files.iter().take(limit) {
            table.row([file.class.word().to_owned(), format!("{:.2}", file.confidence), file.path.clone()]);
        }
        table.write(page);
        if self.files.len() > limit {
            page.line(format!("… and {} more (-v lists them)", self.files.len() - limit));
        }
    }
}

fn explain(file: &FileClass, page: &mut Page) {
    page.line(format!("{}: {}, confidence {:.2}", file.path, file.class.word(), file.confidence));
    page.line("");
    let mut table = Table::new(&[Column::Number("weight"), Column::Identifier("evidence"), Column::Text("seen")]);
    for evidence in &file.evidence {
        table.row([format!("{:+.2}", evidence.weight), evidence.feature.clone(), evidence.detail.clone()]);
    }
    table.write(page);
    let mut others: Vec<&ClassProbability> =
        file.probabilities.iter().filter(|other| other.class != file.class && other.probability >= 0.005).collect();
    others.sort_by(|left, right| right.probability.total_cmp(&left.probability));
    if !others.is_empty() {
        let list: Vec<String> =
            others.iter().map(|other| format!("{} {:.2}", other.class.word(), other.probability)).collect();
        page.line("");
        page.line(format!("otherwise: {}", list.join(", ")));
    }
}
