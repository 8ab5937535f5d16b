//! What is noted of a dangerous use: once a place, where this file is responsible for it.

use ruff_text_size::TextRange;

use super::super::interpret::{Hit, Interpreter, Step, StepNote};
use super::super::sources::{REQUEST, SESSION, SourceKind};
use super::super::values::{Flow, StepId, Taint, Text};
use super::super::weakness::{Mask, Weakness};

impl Interpreter<'_> {
    /// Data reaches a place where it does harm, unless it is harmless there.
    pub fn hit(&mut self, weakness: Weakness, taint: &Taint, range: TextRange, sink: &str) {
        if !taint.is_some() {
            return;
        }
        let mut best: Option<(SourceKind, Flow)> = None;
        for flow in taint.flows() {
            let clean = self.state.clean(flow);
            if Mask::of(weakness).within(clean) {
                continue;
            }
            let Some(kind) = self.kind_of(flow.origin) else { continue };
            if matches!(kind, SourceKind::Random | SourceKind::Caller) || is_changed(weakness, clean) {
                continue;
            }
            let flow = Flow { clean, ..*flow };
            if best.is_none_or(|(known, _)| kind < known) {
                best = Some((kind, flow));
            }
        }
        if let Some((_, flow)) = best {
            self.record(weakness, Some(flow), range, sink);
        }
    }

    /// Whether data enters in another file and never comes through the one that is judged: it is told where the file
    /// that brings both together is judged.
    fn stays_elsewhere(&self, last: StepId) -> bool {
        let mut next = Some(last);
        while let Some(step) = next.and_then(|id| self.steps.get(id as usize)) {
            next = step.before;
            let before = next.and_then(|id| self.steps.get(id as usize));
            // `to.run(from.read())`: here it comes through without a name.
            let handed_over = matches!(step.note, StepNote::Passed(_)) && before.is_some_and(|b| b.unit != step.unit);
            if step.unit == 0 || handed_over {
                return false;
            }
        }
        true
    }

    /// A dangerous use that is about no data.
    pub(super) fn plain_hit(&mut self, weakness: Weakness, range: TextRange, sink: &str) {
        if self.unit() == 0 {
            self.record(weakness, None, range, sink);
        }
    }

    pub(super) fn record(&mut self, weakness: Weakness, flow: Option<Flow>, range: TextRange, sink: &str) {
        let (mut unit, mut range) = (self.unit(), range);
        if unit != 0 {
            // Dangerous in another file: shown where this file hands its data over.
            let Some((caller, place)) = self.frames.last().and_then(|frame| frame.call_site) else { return };
            if caller != 0 || flow.is_some_and(|flow| self.stays_elsewhere(flow.step)) {
                return;
            }
            if let Some(flow) = flow {
                self.steps.push(Step {
                    before: Some(flow.step),
                    unit,
                    range,
                    note: StepNote::Source(Text::from(format!("reaches `{}`", shown(sink)))),
                });
            }
            (unit, range) = (caller, place);
        }
        if !self.seen.insert((unit, range, weakness)) {
            return;
        }
        self.hits.push(Hit { weakness, unit, range, flow, sink: Text::from(shown(sink)) });
    }
}

/// Whether data is no longer what would do this harm: a cell with something in front of it is no formula, and a
/// number that was a part of a text was chosen from it.
fn is_changed(weakness: Weakness, clean: Mask) -> bool {
    match weakness {
        Weakness::Cell => Mask::EMBEDDED.within(clean),
        Weakness::Number => Mask::EMBEDDED.within(clean) || Mask::UNCERTAIN.within(clean),
        _ => false,
    }
}

/// A name for people.
fn shown(sink: &str) -> String {
    let name = sink
        .trim_start_matches(['?', '.'])
        .replace("builtins.", "")
        .replace(REQUEST, "request")
        .replace(SESSION, "session");
    if name.len() > 60 { name.rsplit('.').next().unwrap_or("").to_owned() } else { name }
}
