//! Which functions the outside calls, and with what: handlers of web frameworks, tools of agents,
//! command-line commands, callbacks of queues.

mod given;

use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::calls::Arguments;
use super::interpret::{Class, Interpreter};
use super::sources::SourceKind;
use super::values::{ClassId, Kind, Text, Value};
use crate::security::python::handed::{Gives, Handed};
use crate::security::python::mentions::may_be_request;

/// How the outside reaches a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Who.
    pub kind: SourceKind,
    /// In words, what its parameters are.
    pub words: &'static str,
    /// The path when it is fixed.
    pub fixed: Option<Text>,
    /// Parameters that cannot do harm, such as numbers.
    pub clean: Vec<Text>,
    /// Parameters that the path names; none when all parameters come from outside.
    pub named: Option<Vec<Text>>,
    /// Whether what it returns is shown as a page.
    pub page: bool,
    /// Whether its first parameter is the request, whatever its name.
    pub request: bool,
}

/// The route that decorators give a function.
pub fn of_function<'a>(
    interpreter: &mut Interpreter<'a>,
    stmt: &'a ast::StmtFunctionDef,
    decorators: &[(Value, &'a Expr)],
    class: Option<ClassId>,
) -> Option<Rc<Route>> {
    let mut route: Option<Route> = None;
    let mut harmless: Vec<Text> = Vec::new();
    for (_, expr) in decorators {
        let (function, call) = match expr {
            Expr::Call(call) => (&*call.func, Some(call)),
            other => (*other, None),
        };
        let (receiver, name) = match function {
            Expr::Attribute(attribute) => (Some(&*attribute.value), attribute.attr.as_str()),
            Expr::Name(name) => (None, name.id.as_str()),
            _ => continue,
        };
        let path = call.and_then(|call| call.arguments.find_argument_value("rule", 0)).and_then(|first| match first {
            Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
            other => {
                let value = interpreter.eval(other);
                value.as_str().map(str::to_owned)
            }
        });
        let owner = receiver.map(|receiver| interpreter.eval(receiver));
        let owner = owner.as_ref().and_then(Value::as_name).unwrap_or("").to_owned();
        if matches!(name, "option" | "argument")
            && let Some(call) = call
        {
            harmless.extend(interpreter.harmless_option(call));
        }
        let full = match receiver {
            Some(_) => format!("{owner}.{name}"),
            None => interpreter.eval(function).as_name().unwrap_or("").to_owned(),
        };
        let found = match name {
            "expose" => Route { named: None, ..web(None, true, true, None) },
            "http" if full == "functions_framework.http" => web(None, true, false, None),
            "errorhandler" | "app_errorhandler" | "before_request" | "before_app_request" if receiver.is_some() => {
                Route { fixed: None, ..web(None, true, false, None) }
            }
            _ if full.starts_with("litestar.") => web(path.as_deref(), false, true, call),
            "route" | "get" | "post" | "put" | "delete" | "patch" | "websocket" | "head" | "options" | "api_route"
                if receiver.is_some() =>
            {
                let page = name == "route"
                    && !owner.contains("fastapi")
                    && !["azure.functions", "chalice"].iter().any(|module| owner.contains(module))
                    || owner.contains("flask")
                    || owner.contains("bottle")
                    || owner.contains("quart");
                let api = !page || owner.contains("fastapi");
                web(path.as_deref(), page, api, call)
            }
            "route" | "view" if receiver.is_none() => web(path.as_deref(), name == "route", false, call),
            "get" | "post" | "put" | "delete"
                if receiver.is_none() && path.as_deref().is_some_and(|p| p.starts_with('/')) =>
            {
                web(path.as_deref(), true, false, call)
            }
            "field" | "mutation" | "subscription" if full.starts_with("strawberry.") => web(None, false, true, None),
            "call_tool" | "read_resource" | "get_prompt" if receiver.is_some() => agent(),
            "tool" | "function_tool" | "kernel_function" | "ai_function" | "register_for_llm" | "agent_tool"
            | "tool_plain" => agent(),
            // What a user of a chat writes.
            "command" | "event" | "message" | "action" | "shortcut" | "hybrid_command"
                if owner.starts_with("slack_bolt.") || owner.starts_with("discord.") =>
            {
                let told = |name: &&str| {
                    !matches!(*name, "self" | "ctx" | "interaction" | "ack" | "say" | "respond" | "client" | "logger")
                };
                let names = stmt.parameters.iter_non_variadic_params().map(|parameter| parameter.name().as_str());
                Route {
                    kind: SourceKind::Web,
                    words: "what a user of the chat wrote",
                    named: Some(names.filter(told).map(Text::from).collect()),
                    ..agent()
                }
            }
            "command"
                if receiver.is_some()
                    && (owner.contains("click") || owner.contains("typer") || owner.starts_with('?')) =>
            {
                Route { kind: SourceKind::Arguments, words: "the command line", ..agent() }
            }
            "option" | "argument" if owner == "click" => {
                Route { kind: SourceKind::Arguments, words: "the command line", ..agent() }
            }
            "task" | "shared_task" | "actor" if full.contains("celery") || full.contains("dramatiq") => {
                Route { kind: SourceKind::Network, words: "a message of a queue", ..agent() }
            }
            "on" | "event" if owner.contains("SocketIO") || owner.contains("sio") => {
                Route { kind: SourceKind::Web, words: "a message of a websocket", ..agent() }
            }
            _ => continue,
        };
        route = Some(match route {
            // A function that answers several paths has no fixed one.
            Some(known) if found.kind == SourceKind::Web && known.kind == SourceKind::Web => {
                let fixed =
                    if known.fixed == found.fixed { known.fixed.clone() } else { known.fixed.clone().and(found.fixed) };
                let mut named = known.named.clone().unwrap_or_default();
                named.extend(found.named.unwrap_or_default());
                Route { fixed, named: known.named.as_ref().map(|_| named), page: known.page || found.page, ..known }
            }
            Some(known) => known,
            None => found,
        });
    }
    let handed = || interpreter.handed.get(&stmt.start()).filter(|_| interpreter.unit() == 0).cloned();
    let mut route =
        route.or_else(|| of_method(interpreter, stmt, class)).or_else(|| by_name(stmt, class)).or_else(handed)?;
    route.clean.extend(harmless);
    Some(Rc::new(typed(route, stmt)))
}

fn agent() -> Route {
    Route {
        kind: SourceKind::Agent,
        words: "an argument of a tool",
        fixed: None,
        clean: Vec::new(),
        named: None,
        page: false,
        request: false,
    }
}

/// The route of a function that a call hands to a framework.
pub fn of_handed(handed: &Handed<'_>) -> Route {
    match handed.gives {
        Gives::Request => Route { request: true, ..web(handed.path, false, false, None) },
        Gives::Page => web(handed.path, true, false, None),
        Gives::Parameters => web(handed.path, false, true, None),
    }
}

fn web(path: Option<&str>, page: bool, api: bool, call: Option<&ast::ExprCall>) -> Route {
    let mut clean = Vec::new();
    let mut named = Vec::new();
    let mut fixed = path.map(Text::from);
    if let Some(path) = path {
        for (open, close) in [('<', '>'), ('{', '}')] {
            let mut rest = path;
            while let Some((_, tail)) = rest.split_once(open) {
                let Some((inside, after)) = tail.split_once(close) else { break };
                rest = after;
                fixed = None;
                let (converter, name) = if open == '<' {
                    inside.split_once(':').map_or(("", inside), |(a, b)| {
                        // Bottle writes `<name:filter>`.
                        if matches!(b, "int" | "float" | "path") || b.starts_with("re:") { (b, a) } else { (a, b) }
                    })
                } else {
                    inside.split_once(':').map_or(("", inside), |(name, converter)| (converter, name))
                };
                named.push(Text::from(name.trim()));
                if matches!(converter.split('(').next().unwrap_or(""), "int" | "float" | "uuid" | "any") {
                    clean.push(Text::from(name.trim()));
                }
            }
        }
    } else {
        fixed = None;
    }
    let html = call.is_some_and(|call| {
        ["response_class", "media_type"].iter().filter_map(|word| call.arguments.find_keyword(word)).any(|keyword| {
            match &keyword.value {
                Expr::Name(name) => name.id.as_str() == "HTMLResponse",
                Expr::Attribute(attribute) => matches!(attribute.attr.as_str(), "HTMLResponse" | "HTML"),
                Expr::StringLiteral(text) => text.value.to_str().contains("html"),
                _ => false,
            }
        })
    });
    Route {
        kind: SourceKind::Web,
        words: "a parameter of the request",
        fixed,
        clean,
        named: if api { None } else { Some(named) },
        page: page || html,
        request: false,
    }
}

/// Methods that a framework calls.
fn of_method<'a>(
    interpreter: &Interpreter<'a>,
    stmt: &'a ast::StmtFunctionDef,
    class: Option<ClassId>,
) -> Option<Route> {
    let class = class?;
    let bases = interpreter.external_bases(class, 6);
    let own: &str = interpreter.classes.get(class as usize).map_or("", |class: &Class<'_>| class.name);
    let based = |suffix: &str| bases.iter().any(|base| base.ends_with(suffix));
    let name = stmt.name.as_str();
    if matches!(name, "_run" | "_arun" | "forward" | "run") && (based("BaseTool") || based(".Tool") || based("?Tool")) {
        return Some(agent());
    }
    if matches!(name, "execute" | "invoke" | "call" | "run")
        && (own.ends_with("Plugin")
            || own.ends_with("Tool")
            || based("Plugin")
            || based("PluginBase")
            || based("BasePlugin"))
    {
        return Some(agent());
    }
    // Handlers of web.py and of CherryPy.
    if matches!(name, "GET" | "POST" | "PUT" | "DELETE" | "PATCH") {
        return Some(Route { named: None, ..web(None, true, true, None) });
    }
    let parameters: Vec<&str> = stmt.parameters.iter_non_variadic_params().map(|p| p.name().as_str()).collect();
    let after = |count: usize| parameters.iter().skip(count).map(|name| Text::from(*name)).collect();
    if let ["self", "req" | "request", "resp" | "response", ..] = parameters.as_slice()
        && name.starts_with("on_")
    {
        return Some(Route { named: Some(after(3)), ..web(None, false, true, None) });
    }
    // Pages of Twisted.
    if let ["self", "request"] = parameters.as_slice()
        && (name == "render" || name.starts_with("render_"))
        && based("Resource")
    {
        return Some(Route { named: Some(Vec::new()), ..web(None, true, true, None) });
    }
    if let ["self", "request", "context"] = parameters.as_slice()
        && based("Servicer")
    {
        // A message with fields, which is no request of the web.
        let named = Some(vec![Text::from("request")]);
        return Some(Route { named, words: "a field of the call", ..web(None, false, true, None) });
    }
    // Resolvers and mutations of graphene.
    if let [_, "info" | "_info", ..] = parameters.as_slice()
        && (name.starts_with("resolve_") || name == "mutate")
    {
        return Some(Route { named: Some(after(2)), ..web(None, false, true, None) });
    }
    if matches!(name, "get_redirect_url" | "get_success_url") && based("View") {
        return Some(Route { named: Some(Vec::new()), ..web(None, false, true, None) });
    }
    let verbs = matches!(name, "get" | "post" | "put" | "delete" | "patch" | "head");
    if verbs
        && (based("MethodView")
            || based("Resource")
            || based("RequestHandler")
            || based("HTTPEndpoint")
            || based("WebHandler"))
    {
        let page = based("MethodView");
        return Some(Route { named: None, page, ..web(None, false, true, None) });
    }
    if verbs && (based("View") || based("APIView") || based("ViewSet")) {
        return Some(Route { named: None, ..web(None, false, true, None) });
    }
    None
}

/// Functions that are called by convention.
fn by_name(stmt: &ast::StmtFunctionDef, class: Option<ClassId>) -> Option<Route> {
    let names: Vec<&str> = stmt.parameters.iter_non_variadic_params().map(|p| p.name().as_str()).collect();
    let queue = |names: &[&str]| {
        matches!(
            names,
            [_, "method" | "_method", "properties" | "props" | "_properties" | "header", "body"]
                | ["client" | "_client", "userdata" | "_userdata" | "_", "msg" | "message"]
        )
    };
    let names = match names.as_slice() {
        // Of the functions that are called by convention, those that take messages may be methods.
        ["self", names @ ..] if class.is_some() && queue(names) => names.to_vec(),
        _ if class.is_some() => return None,
        _ => names,
    };
    match (stmt.name.as_str(), names.as_slice()) {
        (_, ["event", "context"]) => Some(Route {
            kind: SourceKind::Web,
            words: "the event of the function",
            named: Some(vec![Text::from("event")]),
            ..web(None, false, true, None)
        }),
        // Messages of queues: of pika by four arguments, of paho by three.
        (_, all) if queue(all) => Some(Route {
            kind: SourceKind::Network,
            words: "a message of a queue",
            named: Some(all.last().map(|name| Text::from(*name)).into_iter().collect()),
            ..agent()
        }),
        (_, ["environ", "start_response"]) => Some(Route {
            words: "the request",
            named: Some(vec![Text::from("environ")]),
            ..web(None, false, true, None)
        }),
        // Views of Django and handlers of aiohttp.
        (_, ["request" | "req", ..]) if first_may_be_request(stmt) => {
            let clean = names
                .iter()
                .filter(|name| **name == "pk" || **name == "id" || name.ends_with("_id") || name.ends_with("_pk"))
                .map(|name| Text::from(*name))
                .collect();
            let named = names.iter().skip(1).map(|name| Text::from(*name)).collect();
            Some(Route { clean, named: Some(named), ..web(None, false, true, None) })
        }
        _ => None,
    }
}

fn first_may_be_request(stmt: &ast::StmtFunctionDef) -> bool {
    let first = stmt.parameters.iter_non_variadic_params().next();
    first.and_then(|parameter| parameter.annotation()).is_none_or(may_be_request) && !is_given_fixtures(stmt)
}

fn is_test(name: &str) -> bool {
    name.starts_with("test_")
}

/// Whether a test runner gives the parameters: its `request` tells of the test, and comes with its other fixtures.
fn is_given_fixtures(stmt: &ast::StmtFunctionDef) -> bool {
    const FIXTURES: &[&str] =
        &["tmp_path", "tmp_path_factory", "tmpdir", "tmpdir_factory", "monkeypatch", "capsys", "capfd", "caplog"];
    let mut parameters = stmt.parameters.iter_non_variadic_params();
    is_test(stmt.name.as_str()) || parameters.any(|parameter| FIXTURES.contains(&parameter.name().as_str()))
}

/// The route with the parameters that types make harmless.
fn typed(mut route: Route, stmt: &ast::StmtFunctionDef) -> Route {
    for parameter in stmt.parameters.iter_non_variadic_params() {
        let harmless = parameter.annotation().is_some_and(is_harmless_type)
            || parameter.default().is_some_and(|default| match default {
                Expr::Call(call) => match &*call.func {
                    Expr::Name(name) => matches!(name.id.as_str(), "Depends" | "Security" | "Injected"),
                    Expr::Attribute(attribute) => matches!(attribute.attr.as_str(), "Depends" | "Security"),
                    _ => false,
                },
                _ => false,
            });
        if harmless {
            route.clean.push(Text::from(parameter.name().as_str()));
        }
    }
    route
}

/// `Annotated[Commons, Depends(…)]`: the call in it.
fn dependency_of(annotation: &Expr) -> Option<&Expr> {
    let Expr::Subscript(subscript) = annotation else { return None };
    let Expr::Tuple(tuple) = &*subscript.slice else { return None };
    tuple.elts.iter().skip(1).find(|element| element.is_call_expr())
}

fn first_of(slice: &Expr) -> Option<&Expr> {
    match slice {
        Expr::Tuple(tuple) => tuple.elts.first(),
        _ => None,
    }
}

fn is_harmless_type(annotation: &Expr) -> bool {
    match annotation {
        Expr::Name(name) => matches!(
            name.id.as_str(),
            "int"
                | "float"
                | "bool"
                | "UUID"
                | "date"
                | "datetime"
                | "Decimal"
                | "Session"
                | "AsyncSession"
                | "complex"
                | "BackgroundTasks"
                | "Response"
                | "RunContextWrapper"
                | "Context"
                | "IPv4Address"
                | "IPv6Address"
                | "IPvAnyAddress"
                | "time"
                | "timedelta"
                | "UUID1"
                | "UUID4"
                | "PositiveInt"
                | "NonNegativeInt"
                | "NegativeInt"
                | "PositiveFloat"
                | "StrictInt"
                | "StrictBool"
                | "StrictFloat"
        ),
        Expr::Attribute(attribute) => {
            matches!(
                attribute.attr.as_str(),
                "UUID" | "date" | "datetime" | "time" | "timedelta" | "Decimal" | "Session" | "Connection"
            )
        }
        Expr::Subscript(subscript) => match &*subscript.value {
            Expr::Name(name) if matches!(name.id.as_str(), "Optional" | "List" | "list" | "Set" | "Sequence") => {
                is_harmless_type(&subscript.slice)
            }
            // `Annotated[int, Path()]`
            Expr::Name(name) if name.id.as_str() == "Annotated" => {
                first_of(&subscript.slice).is_some_and(is_harmless_type)
            }
            Expr::Name(name) => matches!(name.id.as_str(), "Literal"),
            _ => false,
        },
        Expr::BinOp(union) => {
            is_harmless_type(&union.left) && (is_harmless_type(&union.right) || union.right.is_none_literal_expr())
        }
        _ => false,
    }
}

impl<'a> Interpreter<'a> {
    /// `add_url_rule(path, …, view_func=…)`: the path says what the parameters of the view are.
    pub fn add_route(&mut self, arguments: &Arguments) {
        let Some(path) = arguments.get(0, "rule").and_then(Value::as_str) else { return };
        let Some(view) = arguments.get(2, "view_func") else { return };
        let found = web(Some(path), true, false, None);
        let with = |route: &Route| {
            let clean = route.clean.iter().chain(&found.clean).cloned().collect();
            Some(Rc::new(Route { clean, fixed: found.fixed.clone(), ..route.clone() }))
        };
        match view.kind {
            Kind::Class(class) => {
                for function in self.functions.iter_mut().filter(|function| function.class == Some(class)) {
                    if let Some(route) = function.route.clone() {
                        function.route = with(&route);
                    }
                }
            }
            Kind::Function(id) => {
                if let Some(function) = self.functions.get_mut(id as usize) {
                    let known = function.route.clone();
                    function.route = with(known.as_deref().unwrap_or(&found));
                }
            }
            _ => {}
        }
    }
}
