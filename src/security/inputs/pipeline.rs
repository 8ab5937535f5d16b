//! Files that run commands for others: workflows of CI services, files that build images, scripts of packages.

use super::shell::judge_script;
use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity};

pub(super) struct Pipelines;

impl Analyser for Pipelines {
    fn id(&self) -> &'static str {
        "pipelines"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        matches!(input.kind, Kind::Workflow | Kind::Docker | Kind::Npm) && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let text = input.text.unwrap_or_default();
        let mut judged = Judged::default();
        match input.kind {
            Kind::Docker => docker(text, &mut judged),
            Kind::Npm => npm(text, &mut judged),
            _ => workflow(text, &mut judged),
        }
        judged
    }
}

/// `RUN` and what belongs to it.
fn docker(text: &str, judged: &mut Judged) {
    let mut at = 0;
    let mut script: Option<(usize, String)> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start();
        if script.is_none() {
            let Some(rest) = trimmed.strip_prefix("RUN ").or_else(|| trimmed.strip_prefix("run ")) else { continue };
            script = Some((start + (line.len() - rest.len()), String::new()));
            if let Some((_, text)) = &mut script {
                text.push_str(rest);
            }
        } else if let Some((_, text)) = &mut script {
            text.push_str(line);
        }
        if !line.trim_end().ends_with('\\')
            && let Some((offset, text)) = script.take()
        {
            judge_script(&text, offset, judged);
        }
    }
    if let Some((offset, text)) = script {
        judge_script(&text, offset, judged);
    }
}

/// The scripts that a package manager runs by itself.
fn npm(text: &str, judged: &mut Judged) {
    let Ok(package) = serde_json::from_str::<serde_json::Value>(text) else { return };
    let Some(scripts) = package.get("scripts").and_then(|scripts| scripts.as_object()) else { return };
    for (name, script) in scripts {
        let Some(script) = script.as_str() else { continue };
        let at = text.find(&format!("\"{name}\"")).unwrap_or(0);
        let mut inner = Judged::default();
        judge_script(script, 0, &mut inner);
        for mut seen in inner.observations {
            (seen.start, seen.end) = (at, at + name.len() + 2);
            judged.observations.push(seen);
        }
        inner.capabilities.keys().for_each(|capability| judged.able(capability, at));
        if !matches!(name.as_str(), "preinstall" | "install" | "postinstall") {
            continue;
        }
        let inline = script.contains("node -e") || script.contains("node --eval") || script.contains("python -c");
        let fetches = script.contains("curl ") || script.contains("wget ") || script.contains("powershell");
        let severity = if inline || fetches { Severity::High } else { Severity::Low };
        let message = format!("`{name}` runs a script as soon as the package is installed");
        judged.see("install-hook", at..at + name.len() + 2, severity, Confidence::Medium, message);
    }
}

/// What strangers decide about a run: text that they write into an issue, a branch or a commit.
const STRANGERS: &[&str] = &[
    "github.event.issue.title",
    "github.event.issue.body",
    "github.event.pull_request.title",
    "github.event.pull_request.body",
    "github.event.pull_request.head.ref",
    "github.event.pull_request.head.label",
    "github.event.comment.body",
    "github.event.review.body",
    "github.event.discussion.",
    "github.event.head_commit.message",
    "github.event.head_commit.author",
    "github.event.commits",
    "github.event.pages",
    "github.head_ref",
];

fn workflow(text: &str, judged: &mut Judged) {
    let privileged = text.contains("pull_request_target") || text.contains("workflow_run:");
    let mut at = 0;
    let mut block: Option<(usize, usize, String)> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let blank = trimmed.trim_end().is_empty();
        if let Some((depth, offset, script)) = &mut block {
            if blank || indent > *depth {
                script.push_str(line);
                expressions(line, start, judged);
                continue;
            }
            judge_script(&without_expressions(script), *offset, judged);
            block = None;
        }
        if trimmed.starts_with('#') {
            continue;
        }
        let item = trimmed.strip_prefix("- ").unwrap_or(trimmed);
        let script = ["run:", "script:", "command:"].iter().find_map(|key| item.strip_prefix(key));
        if let Some(rest) = script {
            let rest = rest.trim();
            if rest.is_empty() || rest.starts_with('|') || rest.starts_with('>') {
                block = Some((indent, at, String::new()));
            } else {
                expressions(line, start, judged);
                judge_script(&without_expressions(rest), start + line.find(rest).unwrap_or(0), judged);
            }
        }
        if let Some(action) = item.strip_prefix("uses:") {
            uses(action.trim(), start..start + line.len(), judged);
        }
        let head = ["pull_request.head.sha", "pull_request.head.ref", "github.head_ref", "workflow_run.head_sha"];
        if privileged && item.starts_with("ref:") && head.iter().any(|part| item.contains(part)) {
            judged.see(
                "untrusted-checkout",
                start..start + line.trim_end().len(),
                Severity::High,
                Confidence::High,
                "a run that holds secrets checks out what a stranger sent",
            );
        }
    }
    if let Some((_, offset, script)) = block {
        judge_script(&without_expressions(&script), offset, judged);
    }
}

/// `${{ … }}` is put into a script before a shell reads it.
fn expressions(line: &str, start: usize, judged: &mut Judged) {
    for (at, _) in line.match_indices("${{") {
        let inner = line.get(at..).and_then(|rest| rest.split("}}").next()).unwrap_or_default();
        if STRANGERS.iter().any(|source| inner.contains(source)) {
            judged.see(
                "workflow-injection",
                start + at..start + at + inner.len(),
                Severity::High,
                Confidence::High,
                "text that a stranger wrote becomes a part of the script",
            );
        }
    }
}

/// Expressions as words of the same length, which a shell would not take apart.
fn without_expressions(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(at) = rest.find("${{") {
        out.push_str(rest.get(..at).unwrap_or_default());
        let length = rest.get(at..).and_then(|inner| inner.find("}}")).map_or(rest.len() - at, |end| end + 2);
        out.extend(std::iter::repeat_n('x', length));
        rest = rest.get(at + length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn uses(action: &str, range: std::ops::Range<usize>, judged: &mut Judged) {
    let action = action.split(['#', ' ']).next().unwrap_or_default().trim_matches(['"', '\'']);
    let Some((name, version)) = action.split_once('@') else { return };
    let pinned = version.len() == 40 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    let local = name.starts_with("./") || name.starts_with("actions/") || name.starts_with("github/");
    if !pinned && !local {
        let message = format!("`{name}` is what `{version}` points at on the day of the run");
        judged.see("unpinned-action", range, Severity::Note, Confidence::High, message);
    }
}
