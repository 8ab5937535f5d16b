//! Models and data sets from a hub.

use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};

pub(super) const UNPINNED: Rule = Rule {
    id: "unpinned-download",
    title: "a model is downloaded without a pinned revision",
    aliases: &["B615"],
    category: Category::NetworkAccess,
    cwe: 494,
    severity: Severity::Low,
    help: "pass `revision=` the hash of a commit",
    triggers: &[Trigger::Method(&[
        "from_pretrained",
        "load_dataset",
        "hf_hub_download",
        "snapshot_download",
        "repository_id",
    ])],
    check: unpinned,
};

pub(super) const REMOTE_CODE: Rule = Rule {
    id: "remote-model-code",
    title: "code that comes with a model is run",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 494,
    severity: Severity::High,
    help: "leave `trust_remote_code` out, or pin the revision and read its code",
    triggers: &[Trigger::Keyword(&["trust_remote_code"])],
    check: |site, sink| {
        let Some(value) = site.keyword("trust_remote_code") else { return };
        if !site.is_true(value) || site.file.test_code {
            return;
        }
        let pinned =
            site.keyword("revision").is_some_and(|revision| site.text(revision).is_some_and(|text| is_hash(&text)));
        let severity = if pinned { Severity::Low } else { Severity::High };
        sink.report(
            site.range(),
            severity,
            Confidence::High,
            "whoever controls the repository of the model runs code here",
        );
    },
};

fn is_hash(text: &str) -> bool {
    text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn unpinned(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let modules: &[&str] = match called_name(call) {
        Some("from_pretrained") => &["transformers"],
        Some("load_dataset") => &["datasets"],
        _ => &["huggingface_hub"],
    };
    let known = site.name.is_some_and(|name| name.split('.').any(|part| modules.contains(&part)));
    if !known || site.file.test_code && !sink.is_full() {
        return;
    }
    for name in ["revision", "commit_id"] {
        if let Some(revision) = site.keyword(name) {
            match site.text(revision) {
                Some(text) if is_hash(&text) => return,
                None if !revision.is_literal_expr() => return,
                _ => {}
            }
        }
    }
    // Whoever says that no code is to come along has thought of where it comes from.
    let only_data = site.keyword("trust_remote_code").is_some_and(|value| site.is_false(value))
        || site.keyword("use_safetensors").is_some_and(|value| site.is_true(value));
    let local = site.first().is_some_and(|first| {
        site.text(first).is_some_and(|text| text.starts_with("./") || text.starts_with('/') || text.starts_with("../"))
    });
    // A name that is not constant may well be a folder.
    let constant = site.first().is_some_and(|first| site.is_constant(first));
    if local {
    } else if constant {
        sink.report(
            site.range(),
            if only_data && !sink.is_full() { Severity::Note } else { Severity::Low },
            Confidence::Medium,
            "what is downloaded may change from one day to the next",
        );
    } else {
        sink.report(
            site.range(),
            Severity::Note,
            Confidence::Low,
            "what is downloaded may change from one day to the next",
        );
    }
}
