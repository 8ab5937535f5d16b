//! The report of `demo`: what happened, told in order.

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use super::health::runlevel_style;
use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::demo::{Integration, Judged, Story};
use crate::model::{Decision, counted};

/// Everything that happened.
pub struct DemoReport {
    /// In order.
    pub story: Story,
}

const GOOD: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const BAD: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const CARE: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
const TITLE: Style = Style::new().bold();

impl Report for DemoReport {
    fn schema(&self) -> &'static str {
        "demo/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.story.ledger.intact { Outcome::Yes } else { Outcome::No }
    }

    fn data(&self) -> Value {
        json!(self.story)
    }

    fn human(&self, page: &mut Page) {
        let story = &self.story;
        page.line(format!("A small assistant that runs a house, in {}", story.directory.display()));
        self.found(page);
        self.judged(page);
        self.isolated(page);
        title(page, "5", "Plan and integrate: one swap, and a token to undo it");
        integration(page, &story.first);
        self.arrived(page);
        self.went_back(page);
        self.proven(page);
        page.line("");
        page.line(page.styled(TITLE, "Try next"));
        for command in &story.next {
            page.line(format!("  {command}"));
        }
    }
}

fn title(page: &mut Page, number: &str, text: &str) {
    page.line("");
    page.line(page.styled(TITLE, &format!("{number}  {text}")));
}

fn mark(page: &Page, style: Style, mark: &str, text: &str) -> String {
    format!("   {} {text}", page.styled(style, mark))
}

fn integration(page: &mut Page, integration: &Integration) {
    let mut table =
        Table::new(&[Column::Identifier("   let in"), Column::Identifier("version"), Column::Identifier("as")]);
    for let_in in &integration.let_in {
        let component = format!("   {}", let_in.component);
        table.row([component, let_in.version.clone().unwrap_or_default(), let_in.action.clone()]);
    }
    table.write(page);
    for conflict in &integration.conflicts {
        page.line(mark(page, CARE, "!", &format!("conflict over `{}`: {}", conflict.subject, conflict.detail)));
    }
    for left in &integration.left_out {
        page.line(mark(
            page,
            CARE,
            "-",
            &format!("{} stays out ({}): {}", left.component, left.reason.word(), left.detail),
        ));
    }
    page.line(mark(
        page,
        GOOD,
        "✓",
        &format!("generation {} is deployed; undo it with {}", integration.generation, integration.token),
    ));
}

impl DemoReport {
    fn found(&self, page: &mut Page) {
        let story = &self.story;
        title(page, "1", &format!("Scan: {}", counted(story.files, "file")));
        title(page, "2", "Classify: by what they declare");
        let classes: Vec<String> = story.classes.iter().map(|(class, count)| format!("{count} {class}")).collect();
        page.line(format!("   {}", classes.join(", ")));
    }

    fn judged(&self, page: &mut Page) {
        title(page, "3", "Evaluate: findings, risk and a decision with its reason");
        let mut table = Table::new(&[
            Column::Identifier("   file"),
            Column::Identifier("class"),
            Column::Number("risk"),
            Column::Identifier("decision"),
        ]);
        for judged in &self.story.judged {
            let path = format!("   {}", judged.path);
            table.row([path, judged.class.clone(), format!("{:.2}", judged.risk), judged.decision.word().to_owned()]);
        }
        table.write(page);
        for judged in self.story.judged.iter().filter(|judged| judged.decision != Decision::Approve) {
            self.explained(page, judged);
        }
    }

    fn explained(&self, page: &mut Page, judged: &Judged) {
        let style = if judged.decision == Decision::Review { CARE } else { BAD };
        page.line(mark(page, style, "!", &format!("{}: {}", judged.path, judged.decision.word())));
        if let Some(finding) = &judged.finding {
            page.line(format!("     {finding}"));
        }
        if let Some(gap) = self.story.gaps.get(&judged.path) {
            page.line(format!("     {gap}"));
        }
        page.line(format!("     because {}", judged.reason));
    }

    fn isolated(&self, page: &mut Page) {
        title(page, "4", "Quarantine: kept where nothing can load it");
        for (path, reason) in &self.story.quarantined {
            page.line(mark(page, BAD, "✗", &format!("{path}: {reason}")));
        }
    }

    fn arrived(&self, page: &mut Page) {
        title(page, "6", "A change arrives: only what is new is read, judged and let in");
        for (path, change) in &self.story.arrived {
            page.line(format!("   {change} {path}"));
        }
        let second = Integration { left_out: Vec::new(), conflicts: Vec::new(), ..self.story.second.clone() };
        integration(page, &second);
    }

    fn went_back(&self, page: &mut Page) {
        let rollback = &self.story.rollback;
        title(page, "7", "Roll back with the token: a change like any other, and the token is spent");
        for path in &rollback.removed {
            page.line(format!("   taken out {path}"));
        }
        for path in &rollback.restored {
            page.line(format!("   as before {path}"));
        }
        let text = format!("generation {} gave way to generation {}", rollback.from, rollback.to);
        page.line(mark(page, GOOD, "✓", &text));
        page.line(mark(page, GOOD, "✓", &format!("the token a second time: {}", rollback.again)));
    }

    fn proven(&self, page: &mut Page) {
        let ledger = &self.story.ledger;
        title(page, "8", "Verify the ledger: every step above, chained");
        let (style, sign, text) = if ledger.intact {
            (GOOD, "✓", "each follows from the one before, every hash recomputed")
        } else {
            (BAD, "✗", "the chain does not hold")
        };
        page.line(mark(page, style, sign, &format!("{}: {text}", counted(ledger.entries, "entry"))));
        let runlevel = page.styled(runlevel_style(self.story.runlevel), self.story.runlevel.word());
        page.line(format!("   the system is {runlevel}"));
        for reason in &self.story.reasons {
            page.line(format!("     {reason}"));
        }
    }
}
