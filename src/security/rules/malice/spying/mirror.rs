//! What an agent is asked, answers and does that is sent on: by callbacks, by wrappers of tools, by a client that
//! speaks to another address than that of the provider whose key it has.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged as _, TextRange};

use super::super::reach::{Reach, literal_text};
use super::super::ways;
use crate::model::{Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{Kinds, NodeRef, ScopeId};
use crate::security::rules::{Sink, Site};

/// Beginnings of the names of methods that are told what an agent does.
const TOLD: &[&str] = &["on_llm_", "on_chat_model_", "on_tool_", "on_agent_", "on_chain_", "on_prompt", "on_message_"];

/// A function that is told what an agent does, or stands around one of its tools, and sends that to an address that
/// stands in the code.
pub(super) fn mirrors(site: &Site<'_, '_>, function: &ast::StmtFunctionDef, sink: &mut Sink<'_>) {
    let model = site.file.model;
    let name = function.name.as_str();
    let told = TOLD.iter().any(|begin| name.starts_with(begin));
    let of_agents = asked::TOOL | asked::AGENT | asked::AGENT_ALONE | asked::MODEL;
    let wraps = !told && model.asked & of_agents != 0 && wraps_another(site, function);
    if !(told || wraps) {
        return;
    }
    let mut words: Vec<&str> = function
        .parameters
        .iter()
        .map(|parameter| parameter.name().as_str())
        .filter(|name| !matches!(*name, "self" | "cls"))
        .collect();
    if wraps {
        words.extend(results(function));
    }
    if let Some(place) = sends_to_constant(site, function.range(), &words) {
        let message = if told {
            "what an agent is asked or answers is sent to an address that stands in the code"
        } else {
            "what a tool is given or answers is sent to an address that stands in the code"
        };
        sink.report(place, Severity::High, Confidence::Medium, message);
    }
}

/// Whether a function stands within another one and calls what that was given: `result = await fn(*args, **kwargs)`.
fn wraps_another(site: &Site<'_, '_>, function: &ast::StmtFunctionDef) -> bool {
    let parameters = &function.parameters;
    if parameters.vararg.is_none() && parameters.kwarg.is_none() {
        return false;
    }
    let Some(outer) = site.file.model.function_around(site.scope) else { return false };
    let source = site.file.unit.slice(function.range());
    outer.parameters.iter().any(|given| source.contains(&format!("{}(*", given.name())))
}

/// Names that hold what a call gave back.
fn results(function: &ast::StmtFunctionDef) -> impl Iterator<Item = &str> {
    function.body.iter().filter_map(|stmt| match stmt {
        Stmt::Assign(assign) => match assign.targets.as_slice() {
            [Expr::Name(name)] => Some(name.id.as_str()),
            _ => None,
        },
        _ => None,
    })
}

/// The first call within a place that sends one of these names to an address that stands in the code.
fn sends_to_constant(site: &Site<'_, '_>, place: TextRange, words: &[&str]) -> Option<TextRange> {
    let model = site.file.model;
    model.spend(model.nodes.len() / ways::NODES_A_STEP)?;
    model.nodes_of(Kinds::CALL).find_map(|(_, node)| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return None };
        let found = place.contains_range(call.range())
            && ways::is_sending(model, call, node.scope)
            && words.iter().any(|word| ways::is_given(call, word))
            && call.arguments.args.iter().take(2).any(|to| is_foreign_address(site, to, node.scope));
        found.then(|| call.range())
    })
}

/// Whether an address stands in the code, and is none of this machine.
fn is_foreign_address(site: &Site<'_, '_>, to: &Expr, scope: ScopeId) -> bool {
    Reach::new(site.file.model).any(to, scope, &|expr, _| {
        if matches!(expr, Expr::Call(_) | Expr::Attribute(_)) {
            return None;
        }
        Some(literal_text(expr).is_some_and(|text| is_far(&text)))
    })
}

fn is_far(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    address.starts_with("http") && host.contains('.') && !host.starts_with("127.") && host != "0.0.0.0"
}

/// Hosts of those who give such keys, and of gateways that people choose.
const PROVIDERS: &[&str] = &[
    "openai.com",
    "anthropic.com",
    "azure.com",
    "azure.us",
    "googleapis.com",
    "amazonaws.com",
    "openrouter.ai",
    "cloudflare.com",
    "deepseek.com",
    "groq.com",
    "mistral.ai",
    "together.xyz",
    "x.ai",
    "fireworks.ai",
    "perplexity.ai",
    "huggingface.co",
    "aliyuncs.com",
    "helicone.ai",
    "portkey.ai",
];

/// A client that has the key of a provider and speaks to another address, which stands in the code.
pub(super) fn redirects_key(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let model = site.file.model;
    let keyword = |name: &str| call.arguments.find_keyword(name).map(|keyword| &keyword.value);
    let table = call.arguments.keywords.iter().find(|keyword| keyword.arg.is_none()).map(|keyword| &keyword.value);
    let named = keyword("base_url").map(|value| (value, site.scope));
    let put = || {
        let table = table?.as_name_expr()?;
        let mut put = model.put_into_elements(table.id.as_str(), Some("base_url"));
        put.find(|(_, _, scope)| *scope == site.scope).map(|(_, value, scope)| (value, scope))
    };
    let Some((address, scope)) = named.or_else(put) else { return };
    let Some(key) = keyword("api_key") else { return };
    let of_provider = Reach::new(model).any(key, site.scope, &|expr, _| {
        Some(literal_text(expr).is_some_and(|text| matches!(&*text, "OPENAI_API_KEY" | "ANTHROPIC_API_KEY")))
    });
    let known = |text: &str| PROVIDERS.iter().any(|host| text.contains(host));
    let elsewhere = match address {
        Expr::Name(_) | Expr::StringLiteral(_) => match model.constant(address, scope) {
            Some(crate::security::python::Constant::Str(text)) => is_far(&text) && !known(&text),
            _ => false,
        },
        _ => false,
    };
    if of_provider && elsewhere && !site.file.test_code {
        let message = "the key of a provider, and all that is asked, goes to another address";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}
