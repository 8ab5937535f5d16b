//! Asking the host: it loads, probes, quiesces, swaps, verifies and resumes, by programs or over HTTP.
//!
//! The order is decided in [`crate::model::lifecycle`]; here it is only carried out. Every call has a time limit, and
//! what a host says is cut off. A host that only follows the folder is asked nothing.

use std::ffi::OsString;
use std::time::Duration;

use serde_json::{Value, json};

use super::layout::{Layout, TREE};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::host::Stop;
use crate::host::http::Request;
use crate::host::process::{Command, Ended, Environment};
use crate::model::lifecycle::{HostCall, undo_after};
use crate::settings::host::HostKind;

/// Characters of what a host said that a message repeats.
const SAID: usize = 300;

/// Which change a host is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// What was deployed.
    pub from: u64,
    /// What is to be deployed.
    pub to: u64,
}

/// Asks the host for one step.
///
/// # Errors
///
/// With the code `host-failed`, when it says no, says nothing in time, or cannot be asked.
/// With the kind of a signal or of `--max-runtime`, when the run is asked to stop meanwhile: a program of the host is
/// ended then, and a hub that has not answered is not waited for.
pub fn ask(context: &Context<'_>, layout: &Layout, call: HostCall, turn: Turn) -> Result<()> {
    ask_until(context, layout, call, turn, Some(&context.host.stop))
}

fn ask_until(context: &Context<'_>, layout: &Layout, call: HostCall, turn: Turn, stop: Option<&Stop>) -> Result<()> {
    let settings = &context.settings.host;
    let document = document(layout, call, turn, context.trace_id);
    match settings.kind {
        HostKind::Directory => Ok(()),
        HostKind::Commands => by_command(context, (call, &document), stop),
        HostKind::Hub => by_hub(context, (call, &document), stop),
    }
}

/// Takes back what a host was asked up to the step that failed, except our own swap, which comes first.
///
/// All of it is tried, whatever fails; the first failure is returned.
pub fn take_back(context: &Context<'_>, layout: &Layout, reached: HostCall, turn: Turn) -> Result<()> {
    let mut result = Ok(());
    for call in undo_after(reached) {
        let turn = if call == HostCall::Swap { Turn { from: turn.to, to: turn.from } } else { turn };
        // Also, and just then, when the run is to end.
        let asked = ask_until(context, layout, call, turn, None);
        if result.is_ok() {
            result = asked;
        }
    }
    result
}

/// Whether the host takes part in changes at all.
pub fn takes_part(context: &Context<'_>) -> bool {
    context.settings.host.kind != HostKind::Directory
}

/// What the host is told.
fn document(layout: &Layout, call: HostCall, turn: Turn, trace_id: &str) -> Value {
    let tree = |number: u64| (number > 0).then(|| layout.generation(number).join(TREE).display().to_string());
    json!({
        "schema": "host-call/v1", "call": call.word(), "from": turn.from, "to": turn.to,
        "tree": tree(turn.to), "state": layout.state.display().to_string(), "trace_id": trace_id,
    })
}

fn failed(call: HostCall, why: &str) -> Error {
    Error::new(ErrorKind::State, "host-failed", format!("the host did not do `{}`: {why}", call.word()))
        .hinted("see the section `host` of the configuration; `--set host.kind=directory` changes what is deployed without asking it")
}

fn by_command(context: &Context<'_>, (call, document): (HostCall, &Value), stop: Option<&Stop>) -> Result<()> {
    let settings = &context.settings.host;
    let Some((program, arguments)) = settings.commands.of(call).split_first() else { return Ok(()) };
    let mut command = Command::new(program, arguments);
    let text = |name: &str| document.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |name: &str| document.get(name).map(Value::to_string).unwrap_or_default();
    let variables = [
        ("AETHERRA_CALL", text("call")),
        ("AETHERRA_FROM", number("from")),
        ("AETHERRA_TO", number("to")),
        ("AETHERRA_TREE", text("tree")),
        ("AETHERRA_STATE", text("state")),
        ("AETHERRA_TRACE_ID", text("trace_id")),
    ];
    command.env = Environment::Inherited(
        variables.into_iter().map(|(name, value)| (OsString::from(name), OsString::from(value))).collect(),
    );
    command.stdin = Some(format!("{document}\n").into_bytes());
    command.timeout = Duration::from_secs(u64::from(settings.timeouts.of(call)));
    command.max_output = settings.max_output as usize;
    command.stop = stop.cloned();
    let output = context.host.process.run(&command).map_err(|error| failed(call, &error.to_string()))?;
    if output.ended.well() {
        return Ok(());
    }
    if let (Ended::Stopped, Some(stop)) = (output.ended, stop) {
        stop.check()?;
    }
    let said = if output.stderr.is_empty() { &output.stdout } else { &output.stderr };
    Err(failed(call, &format!("`{}` ended by {}{}", command.name(), output.ended, quoted(said))))
}

fn by_hub(context: &Context<'_>, (call, document): (HostCall, &Value), stop: Option<&Stop>) -> Result<()> {
    let settings = &context.settings.host;
    let url = settings.hub_url.as_deref().unwrap_or_default();
    let mut request = Request::post(format!("{}/{}", url.trim_end_matches('/'), call.word()), document);
    request.timeout = Duration::from_secs(u64::from(settings.timeouts.of(call)));
    request.max_bytes = u64::from(settings.max_output);
    request.stop = stop.cloned();
    let answer = context.host.http.send(&request).map_err(|error| match error.kind {
        ErrorKind::Interrupted(_) | ErrorKind::Timeout => error,
        _ => failed(call, &error.to_string()),
    })?;
    if !answer.is_good() {
        return Err(failed(call, &format!("it answered with status {}{}", answer.status, quoted(&answer.body))));
    }
    let says_no = serde_json::from_slice::<Value>(&answer.body).is_ok_and(|body| body.get("ok") == Some(&json!(false)));
    if says_no { Err(failed(call, &format!("it said no{}", quoted(&answer.body)))) } else { Ok(()) }
}

/// The end of what was said, for a message: that is where the reason usually is.
fn quoted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let skip = text.chars().count().saturating_sub(SAID);
    let end: String = text.chars().skip(skip).collect();
    format!(": {}{}", if skip > 0 { "…" } else { "" }, end.replace('\n', " "))
}

/// Fails when the settings of the host cannot be used; before anything is begun.
pub fn check(context: &Context<'_>) -> Result<()> {
    let settings = &context.settings.host;
    let is_address = settings.hub_url.as_deref().is_some_and(|url| url.starts_with("http://"));
    if settings.kind == HostKind::Hub && !is_address {
        return Err(Error::usage("host-settings", "`host.kind` is `hub`, and `host.hub_url` is no `http://` address")
            .hinted("set `host.hub_url`, such as `http://localhost:3001/api/selfinc/lifecycle`"));
    }
    if settings.kind == HostKind::Commands && HostCall::ALL.iter().all(|call| settings.commands.of(*call).is_empty()) {
        return Err(Error::usage("host-settings", "`host.kind` is `commands`, and `host.commands` names none")
            .hinted("name the program of at least one step, or set `host.kind` to `directory`"));
    }
    Ok(())
}
