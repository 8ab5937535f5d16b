//! Connections over SSH to hosts of which nobody knows whether they are the right ones.

use ruff_python_ast::Expr;

use super::{Rule, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::last_part;

pub(super) const HOST_KEYS: Rule = Rule {
    id: "ssh-host-keys",
    title: "unknown SSH hosts are trusted",
    aliases: &["B507", "S507"],
    category: Category::NetworkAccess,
    cwe: 295,
    severity: Severity::Medium,
    help: "load the known hosts and keep `RejectPolicy`",
    triggers: &[
        Trigger::Method(&["set_missing_host_key_policy"]),
        Trigger::Call(&["asyncssh.connect", "asyncssh.create_connection", "asyncssh.connect_reverse"]),
    ],
    check: |site, sink| {
        if site.name.is_some_and(|name| name.starts_with("asyncssh.")) {
            let off = site.keyword("known_hosts").is_some_and(Expr::is_none_literal_expr);
            if off && !site.file.test_code {
                let what = "whoever answers is taken for the host";
                sink.report(site.range(), Severity::Medium, Confidence::High, what);
            }
            return;
        }
        let Some(policy) = site.first() else { return };
        let policy = match policy {
            Expr::Call(call) => called_name(call),
            other => Some(last_part(other)),
        };
        let named = policy.is_some_and(|name| matches!(name, "AutoAddPolicy" | "WarningPolicy"));
        if named && site.imports("paramiko") {
            sink.report(
                site.range(),
                Severity::Medium,
                Confidence::High,
                "whoever answers first is taken for the host",
            );
        }
    },
};
