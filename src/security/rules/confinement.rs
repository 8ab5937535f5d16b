//! Containers that are not kept apart from the machine that they run on.

use ruff_python_ast::Expr;
use ruff_text_size::{Ranged, TextRange};

use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const CONTAINER: Rule = Rule {
    id: "container-not-confined",
    title: "a container may do what it likes with the machine that it runs on",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 250,
    severity: Severity::Medium,
    help: "leave the container its own devices, processes and files: mount the one folder that it needs, and add single capabilities",
    triggers: &[
        Trigger::Keyword(&[
            "privileged",
            "pid_mode",
            "ipc_mode",
            "userns_mode",
            "network_mode",
            "security_opt",
            "host_pid",
            "host_ipc",
            "host_network",
            "cap_add",
            "volumes",
            "binds",
        ]),
        Trigger::Call(&[
            "docker.types.Mount",
            "docker.types.services.Mount",
            "kubernetes.client.V1HostPathVolumeSource",
            "kubernetes_asyncio.client.V1HostPathVolumeSource",
        ]),
        Trigger::Dict,
    ],
    check: confined,
};

/// Modules that start containers.
const ENGINES: &[&str] = &[
    "docker",
    "aiodocker",
    "podman",
    "kubernetes",
    "kubernetes_asyncio",
    "testcontainers",
    "airflow",
    "python_on_whales",
    "kfp",
    "dagger",
];

fn confined(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code || !ENGINES.iter().any(|engine| site.imports(engine)) {
        return;
    }
    match site.node {
        NodeRef::Expr(Expr::Call(call)) => {
            if matches!(called_name(call), Some("Mount" | "V1HostPathVolumeSource"))
                && let Some(folder) = site.argument("source", 1).or_else(|| site.keyword("path"))
                && is_host(site, folder)
            {
                tell(sink, site.range(), HOST);
                return;
            }
            for keyword in &call.arguments.keywords {
                let Some(name) = &keyword.arg else { continue };
                if let Some(what) = loosened(site, name.as_str(), &keyword.value) {
                    tell(sink, keyword.value.range(), what);
                }
            }
        }
        // Manifests, and options that are spread into a call.
        NodeRef::Expr(Expr::Dict(dict)) => {
            for item in &dict.items {
                let Some(Expr::StringLiteral(key)) = &item.key else { continue };
                let what = match key.value.to_str() {
                    "privileged" | "Privileged" | "hostPID" | "hostIPC" | "hostNetwork" => {
                        site.is_true(&item.value).then_some(FREE)
                    }
                    "hostPath" => match &item.value {
                        Expr::Dict(path) => path.items.iter().any(|item| is_host(site, &item.value)).then_some(HOST),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(what) = what {
                    tell(sink, item.value.range(), what);
                }
            }
        }
        _ => {}
    }
}

const FREE: &str = "what runs in the container can do what it likes with the machine";
const HOST: &str = "what runs in the container has the files of the machine, or its daemon";

/// What an option takes away from what keeps a container apart.
fn loosened(site: &Site<'_, '_>, name: &str, value: &Expr) -> Option<&'static str> {
    let is = |expr: &Expr, wanted: &[&str]| site.text(expr).is_some_and(|text| wanted.contains(&&*text));
    let elements = |value: &Expr, wanted: &[&str]| match value {
        Expr::List(list) => list.elts.iter().any(|element| is(element, wanted)),
        Expr::Tuple(tuple) => tuple.elts.iter().any(|element| is(element, wanted)),
        other => is(other, wanted),
    };
    match name {
        "privileged" | "host_pid" | "host_ipc" | "host_network" => site.is_true(value).then_some(FREE),
        "pid_mode" | "ipc_mode" | "userns_mode" | "network_mode" => is(value, &["host"]).then_some(FREE),
        "cap_add" => {
            elements(value, &["ALL", "SYS_ADMIN", "CAP_SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE"]).then_some(FREE)
        }
        "security_opt" => elements(
            value,
            &[
                "seccomp=unconfined",
                "seccomp:unconfined",
                "apparmor=unconfined",
                "apparmor:unconfined",
                "label=disable",
            ],
        )
        .then_some(FREE),
        "volumes" | "binds" => mounts_host(site, value).then_some(HOST),
        _ => None,
    }
}

/// `{"/": {"bind": …}}`, `["/var/run/docker.sock:/var/run/docker.sock"]`
fn mounts_host(site: &Site<'_, '_>, value: &Expr) -> bool {
    match value {
        Expr::Dict(dict) => dict.items.iter().filter_map(|item| item.key.as_ref()).any(|folder| is_host(site, folder)),
        Expr::List(list) => list.elts.iter().any(|folder| is_host(site, folder)),
        Expr::Name(name) => site
            .file
            .model
            .single_value(name, site.scope)
            .is_some_and(|(value, _)| !matches!(value, Expr::Name(_)) && mounts_host(site, value)),
        _ => false,
    }
}

/// Whether a folder is all of the machine, or the socket of its daemon.
fn is_host(site: &Site<'_, '_>, folder: &Expr) -> bool {
    let Some(folder) = site.text(folder) else { return false };
    let source = folder.split(':').next().unwrap_or("");
    matches!(source, "/" | "/etc" | "/root" | "/proc" | "/sys" | "/boot" | "/dev" | "/var/run" | "/var/lib/docker")
        || ["docker.sock", "containerd.sock", "podman.sock", "crio.sock"].iter().any(|socket| source.ends_with(socket))
}

fn tell(sink: &mut Sink<'_>, range: TextRange, what: &str) {
    sink.report(range, Severity::Medium, Confidence::Medium, what);
}
