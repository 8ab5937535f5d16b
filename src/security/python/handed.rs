//! Functions that a call hands to a framework, which calls them when a client asks: `add_get("/x", show)`.
//!
//! Only the shape of the call is looked at, wherever it stands: in the module, in a list of routes, in a function that
//! makes the application. A name that is no function of the file means nothing.

use ruff_python_ast::{Expr, ExprCall};

use super::mentions::last_part;

/// What a framework gives to a function that it was handed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// The request, and what its path names.
    Request,
    /// What its path names; what the function returns is a page.
    Page,
    /// What the client sent, by the names of the parameters.
    Parameters,
}

/// A function that a call hands to a framework.
#[derive(Debug, Clone, Copy)]
pub struct Handed<'a> {
    /// Its name.
    pub name: &'a str,
    /// The path that it answers to.
    pub path: Option<&'a str>,
    /// What it is given.
    pub gives: Gives,
}

/// The functions that a call hands to a framework.
pub(super) fn by_call<'a>(call: &'a ExprCall, found: &mut Vec<Handed<'a>>) {
    let Some(gives) = gives(call) else { return };
    let path = path(call);
    let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
    let names = call.arguments.args.iter().chain(keywords).filter_map(name_of);
    found.extend(names.map(|name| Handed { name, path, gives }));
}

fn gives(call: &ExprCall) -> Option<Gives> {
    let is_method = matches!(&*call.func, Expr::Attribute(_));
    let by_keyword = |word: &str| call.arguments.find_keyword(word).is_some();
    // `web.get("/x", show)`, `Route("/x", endpoint=show)`: a path and something with a name.
    let routes = || path(call).is_some() && call.arguments.len() > 1;
    match last_part(&call.func) {
        "add_get"
        | "add_post"
        | "add_put"
        | "add_delete"
        | "add_patch"
        | "add_head"
        | "add_route"
        | "add_websocket_route"
        | "add_view" => Some(Gives::Request),
        "add_api_route" | "add_api_websocket_route" => Some(Gives::Parameters),
        "add_url_rule" => Some(Gives::Page),
        "route" | "get" | "post" | "put" | "delete" | "patch" if is_method && by_keyword("callback") => {
            Some(Gives::Page)
        }
        "get" | "post" | "put" | "delete" | "patch" | "head" | "view" if is_method && starts_at_root(call) => {
            Some(Gives::Request)
        }
        "path" | "re_path" | "url" | "Route" | "WebSocketRoute" if routes() => Some(Gives::Request),
        _ => None,
    }
}

fn starts_at_root(call: &ExprCall) -> bool {
    call.arguments.args.len() == 2 && path(call).is_some_and(|path| path.starts_with('/'))
}

/// The first text among the arguments.
fn path(call: &ExprCall) -> Option<&str> {
    call.arguments.args.iter().find_map(|value| Some(value.as_string_literal_expr()?.value.to_str()))
}

/// The name of a function that is passed on: `show`, `self.show`, `views.show`.
fn name_of(value: &Expr) -> Option<&str> {
    match value {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}
