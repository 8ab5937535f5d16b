//! The reports of `generations`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::execute::gc::Collected;
use crate::execute::stage::Verified;
use crate::model::{Generation, RollbackToken, counted};

/// One line of the list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GenerationRow {
    /// Its number.
    pub number: u64,
    /// The generation it was made from.
    pub parent: u64,
    /// What has become of it.
    pub state: String,
    /// Why it was made.
    pub cause: String,
    /// The plan that made it.
    pub plan: Option<String>,
    /// When, RFC 3339.
    pub made_at: String,
}

impl GenerationRow {
    /// The line of a generation.
    pub fn of(generation: Generation) -> Self {
        let made_at = jiff::Timestamp::from_nanosecond(i128::from(generation.made_ns)).unwrap_or_default();
        Self {
            number: generation.number,
            parent: generation.parent,
            state: generation.state.word().to_owned(),
            cause: generation.cause,
            plan: generation.plan,
            made_at: made_at.to_string(),
        }
    }
}

/// All generations.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GenerationList {
    /// What is deployed; zero for nothing.
    pub current: u64,
    /// Oldest first.
    pub generations: Vec<GenerationRow>,
    /// Tokens that are good, newest first.
    pub tokens: Vec<RollbackToken>,
}

impl Report for GenerationList {
    fn schema(&self) -> &'static str {
        "generations/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.generations.is_empty() { Outcome::Empty } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        if self.generations.is_empty() {
            return page.line("nothing was ever deployed");
        }
        let mut table = Table::new(&[
            Column::Number("generation"),
            Column::Identifier("state"),
            Column::Identifier("cause"),
            Column::Number("from"),
        ]);
        for row in &self.generations {
            table.row([row.number.to_string(), row.state.clone(), row.cause.clone(), row.parent.to_string()]);
        }
        table.write(page);
        for token in &self.tokens {
            let to = if token.to == 0 { "nothing deployed".to_owned() } else { format!("generation {}", token.to) };
            page.line(format!("token {}: undoes {} → {}, back to {to}", token.token, token.to, token.from));
        }
    }
}

/// One generation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GenerationShown {
    /// All of it.
    pub generation: Generation,
    /// Whether it is deployed.
    pub is_current: bool,
}

impl Report for GenerationShown {
    fn schema(&self) -> &'static str {
        "generations-show/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let generation = &self.generation;
        let current = if self.is_current { ", deployed" } else { "" };
        page.line(format!(
            "generation {} ({}{current}), from {}",
            generation.number,
            generation.state.word(),
            generation.parent
        ));
        let mut table = Table::new(&[
            Column::Identifier("component"),
            Column::Identifier("action"),
            Column::Identifier("version"),
            Column::Number("files"),
            Column::Identifier("content"),
        ]);
        for component in &generation.components {
            table.row([
                component.id.clone(),
                component.action.word().to_owned(),
                component.version.clone().unwrap_or_default(),
                component.files.len().to_string(),
                component.digest.short(),
            ]);
        }
        table.write(page);
    }
}

/// Whether the trees of generations are what was approved.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GenerationsVerified {
    /// Each that was read, oldest first.
    pub verified: Vec<Verified>,
}

impl Report for GenerationsVerified {
    fn schema(&self) -> &'static str {
        "generations-verify/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.verified.is_empty() {
            return Outcome::Empty;
        }
        if self.verified.iter().all(Verified::is_sound) { Outcome::Yes } else { Outcome::No }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        if self.verified.is_empty() {
            page.line("nothing was ever deployed");
        }
        for Verified { number, files, damaged } in &self.verified {
            if damaged.is_empty() {
                page.line(format!("generation {number}: {} as approved", counted(*files, "file")));
            }
            for what in damaged {
                page.line(format!("generation {number}: {what}"));
            }
        }
    }
}

/// What was cleared away.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GenerationGc {
    /// What.
    pub collected: Collected,
    /// Whether this was only a rehearsal.
    pub dry_run: bool,
}

impl Report for GenerationGc {
    fn schema(&self) -> &'static str {
        "generations-gc/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let verb = if self.dry_run { "would be cleared away" } else { "cleared away" };
        let Collected { generations, objects, bytes } = &self.collected;
        page.line(format!(
            "{verb}: {}, {}, {}",
            counted(generations.len(), "generation"),
            counted(*objects, "content"),
            counted(*bytes, "byte")
        ));
    }
}

/// Which generation a key gets.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GenerationRoute {
    /// The key.
    pub key: String,
    /// The generation; zero when nothing is deployed.
    pub generation: u64,
    /// `stable` or `canary`.
    pub route: String,
    /// The place of the key between 0 and 100: below the percentage of a canary, it gets the canary.
    pub place: f64,
}

impl Report for GenerationRoute {
    fn schema(&self) -> &'static str {
        "generations-route/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{} gets generation {} ({})", self.key, self.generation, self.route));
    }
}
