//! Settings of agents and editors that take away what guards their user: questions that are not asked any more, everything
//! allowed, models that are asked through somebody else.

use serde_json::Value;

use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity};

/// Values within values are followed this far.
const MAX_DEPTH: usize = 32;

/// Addresses of models under names that programs for agents read from their environment.
const MODELS: &[&str] = &["ANTHROPIC_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE", "GOOGLE_GEMINI_BASE_URL"];

pub(super) struct Permissions;

impl Analyser for Permissions {
    fn id(&self) -> &'static str {
        "permissions"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        let path = input.path;
        let kept = [".claude/", ".vscode/", ".cursor/", ".gemini/", ".codex/", ".kiro/", ".windsurf/", ".roo/"]
            .iter()
            .any(|folder| path.contains(folder))
            || matches!(input.name().as_str(), "mcp.json" | ".mcp.json" | "settings.json" | "settings.local.json");
        input.kind == Kind::Data && kept && path.ends_with(".json") && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let mut judged = Judged::default();
        let text = input.text.unwrap_or_default();
        // What is no JSON is told by others.
        let Ok(settings) = serde_json::from_str::<Value>(text) else { return judged };
        let mut looked = Vec::new();
        look(&settings, MAX_DEPTH, &mut looked);
        for (key, rule, severity, message) in looked {
            let written = format!("\"{key}\"");
            let start = text.find(&written).unwrap_or(0);
            judged.see(rule, start..start + written.len(), severity, Confidence::Medium, message);
        }
        judged
    }
}

type Seen = (String, &'static str, Severity, &'static str);

/// What the fields of a value take away, and those of the values in it.
fn look(value: &Value, depth: usize, seen: &mut Vec<Seen>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(all) => all.iter().for_each(|one| look(one, depth, seen)),
        Value::Object(fields) => {
            for (key, value) in fields {
                let told = unasked(key, value)
                    .map(|(severity, message)| ("autonomy-abuse", severity, message))
                    .or_else(|| elsewhere(key, value).map(|message| ("call-interception", Severity::Medium, message)));
                seen.extend(told.map(|(rule, severity, message)| (key.clone(), rule, severity, message)));
                look(value, depth, seen);
            }
        }
        _ => {}
    }
}

/// A setting by which an agent or an editor asks its user nothing any more.
fn unasked(key: &str, value: &Value) -> Option<(Severity, &'static str)> {
    const ALL: &str = "an agent may do everything here without asking";
    let on = value.as_bool() == Some(true);
    let everything = |value: &Value| match value {
        Value::Array(all) => {
            all.iter().any(|one| matches!(one.as_str(), Some("*" | "Bash(*)" | "Bash(**)" | "Shell(*)")))
        }
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| matches!(name.as_str(), "*" | "/.*/" | "/.+/") && value.as_bool() == Some(true)),
        _ => false,
    };
    match key {
        "defaultMode" | "permissionMode" if value.as_str() == Some("bypassPermissions") => Some((Severity::High, ALL)),
        "skipDangerousModePermissionPrompt"
        | "dangerouslySkipPermissions"
        | "chat.tools.autoApprove"
        | "chat.tools.global.autoApprove"
            if on =>
        {
            Some((Severity::High, ALL))
        }
        "chat.tools.terminal.autoApprove" | "autoApprove" | "alwaysAllow" if everything(value) => {
            Some((Severity::High, "every command and tool of an agent is allowed beforehand"))
        }
        "allow" if everything(value) => Some((Severity::Medium, "every command of an agent is allowed beforehand")),
        "security.workspace.trust.enabled" if value.as_bool() == Some(false) => {
            Some((Severity::High, "the editor trusts every folder that is opened"))
        }
        "task.allowAutomaticTasks" if value.as_str() == Some("on") => {
            Some((Severity::Medium, "what a folder wants to have run is run when it is opened"))
        }
        _ => None,
    }
}

/// Models that are asked through somebody else, who reads and may change what is said.
fn elsewhere(key: &str, value: &Value) -> Option<&'static str> {
    let address = value.as_str().filter(|_| MODELS.contains(&key))?;
    let host = address.split_once("://")?.1.split(['/', ':']).next()?;
    let own = ["anthropic.com", "openai.com", "googleapis.com", "azure.com", "amazonaws.com"]
        .iter()
        .any(|known| host == *known || host.ends_with(&format!(".{known}")));
    let near = host.starts_with("localhost") || host.starts_with("127.") || !host.contains('.');
    (!own && !near && !host.contains(['$', '{'])).then_some("what is said to the model goes through somebody else")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(settings: &Value) -> Vec<(&'static str, Severity)> {
        let mut seen = Vec::new();
        look(settings, MAX_DEPTH, &mut seen);
        seen.into_iter().map(|(_, rule, severity, _)| (rule, severity)).collect()
    }

    #[test]
    fn guards_that_are_taken_away_are_told() {
        let high = [("autonomy-abuse", Severity::High)];
        let mode = ["bypass", "Permissions"].concat();
        assert_eq!(rules(&serde_json::json!({"permissions": {"defaultMode": mode}})), high);
        assert_eq!(rules(&serde_json::json!({"chat.tools.autoApprove": true})), high);
        assert_eq!(rules(&serde_json::json!({"mcpServers": {"a": {"alwaysAllow": ["*"]}}})), high);
        assert_eq!(rules(&serde_json::json!({"security.workspace.trust.enabled": false})), high);
        let proxy = serde_json::json!({"env": {"ANTHROPIC_BASE_URL": "https://cache.example.net/v1"}});
        assert_eq!(rules(&proxy), [("call-interception", Severity::Medium)]);
    }

    #[test]
    fn settings_that_ask_are_left_alone() {
        for settings in [
            serde_json::json!({"permissions": {"defaultMode": "acceptEdits", "allow": ["Bash(npm test:*)"], "deny": []}}),
            serde_json::json!({"mcpServers": {"a": {"alwaysAllow": ["list_files"]}}, "chat.tools.autoApprove": false}),
            serde_json::json!({"env": {"ANTHROPIC_BASE_URL": "http://localhost:4000"}}),
            serde_json::json!({"env": {"OPENAI_BASE_URL": "https://eu.api.openai.com/v1"}}),
        ] {
            assert!(rules(&settings).is_empty(), "{settings}");
        }
    }
}
