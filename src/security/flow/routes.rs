//! Which functions the outside calls, and with what: handlers of web frameworks, tools of agents,
//! command-line commands, callbacks of queues.

use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::calls::Arguments;
use super::interpret::{Class, Function, Interpreter};
use super::sources::{REQUEST, SOCKET, SourceKind};
use super::values::{ClassId, Kind, Taint, Text, Value};
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
        let found = match name {
            "route" | "get" | "post" | "put" | "delete" | "patch" | "websocket" | "head" | "options" | "api_route"
                if receiver.is_some() =>
            {
                let page = name == "route" && !owner.contains("fastapi")
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
            "tool" | "function_tool" | "kernel_function" | "ai_function" | "register_for_llm" | "agent_tool"
            | "tool_plain" => agent(),
            "command"
                if receiver.is_some()
                    && (owner.contains("click") || owner.contains("typer") || owner.starts_with('?')) =>
            {
                Route { kind: SourceKind::Arguments, words: "the command line", ..agent() }
            }
            "option" | "argument" if owner == "click" => {
                Route { kind: SourceKind::Arguments, words: "the command line", ..agent() }
            }
            "task" | "shared_task" if owner.contains("celery") => {
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
    let route =
        route.or_else(|| of_method(interpreter, stmt, class)).or_else(|| by_name(stmt, class)).or_else(handed)?;
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
        call.arguments.find_keyword("response_class").is_some_and(|keyword| match &keyword.value {
            Expr::Name(name) => name.id.as_str() == "HTMLResponse",
            Expr::Attribute(attribute) => attribute.attr.as_str() == "HTMLResponse",
            _ => false,
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
    if class.is_some() {
        return None;
    }
    let names: Vec<&str> = stmt.parameters.iter_non_variadic_params().map(|p| p.name().as_str()).collect();
    match (stmt.name.as_str(), names.as_slice()) {
        (_, ["event", "context"]) => Some(Route {
            kind: SourceKind::Web,
            words: "the event of the function",
            named: Some(vec![Text::from("event")]),
            ..web(None, false, true, None)
        }),
        (_, [_, "method" | "_method", "properties" | "props" | "_properties" | "header", "body"]) => Some(Route {
            kind: SourceKind::Network,
            words: "a message of a queue",
            named: Some(vec![Text::from("body")]),
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

/// Whether a test runner gives the parameters: its `request` tells of the test, and comes with its other fixtures.
fn is_given_fixtures(stmt: &ast::StmtFunctionDef) -> bool {
    const FIXTURES: &[&str] =
        &["tmp_path", "tmp_path_factory", "tmpdir", "tmpdir_factory", "monkeypatch", "capsys", "capfd", "caplog"];
    let mut parameters = stmt.parameters.iter_non_variadic_params();
    parameters.any(|parameter| FIXTURES.contains(&parameter.name().as_str()))
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
        ),
        Expr::Attribute(attribute) => {
            matches!(attribute.attr.as_str(), "UUID" | "date" | "datetime" | "Decimal" | "Session" | "Connection")
        }
        Expr::Subscript(subscript) => match &*subscript.value {
            Expr::Name(name) if matches!(name.id.as_str(), "Optional" | "List" | "list" | "Set" | "Sequence") => {
                is_harmless_type(&subscript.slice)
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

    /// Binds the parameters of a function that is called from outside, or by nobody that we know.
    pub fn bind_outside(&mut self, function: &Function<'a>, instance: Option<&Value>) {
        let Some(parameters) = function.parameters else { return };
        let scope = self.scope();
        let route = function.route.clone();
        let all = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        for (index, parameter) in all.enumerate() {
            let name = parameter.name().as_str();
            let value = match (index, instance) {
                (0, Some(instance)) => instance.clone(),
                _ => {
                    let first = index == usize::from(instance.is_some());
                    let is_request = first && route.as_deref().is_some_and(|route| route.request);
                    self.outside_parameter(parameter, route.as_deref(), is_request)
                }
            };
            self.state.bind(scope, name, Some(value));
        }
        for parameter in parameters.vararg.iter().chain(&parameters.kwarg) {
            let open =
                route.as_deref().is_some_and(|route| route.named.is_none() && route.kind != SourceKind::Arguments);
            let taint = match (&route, open) {
                (Some(route), true) => self.source(route.kind, route.words, parameter.range()),
                _ => Taint::NONE,
            };
            self.state.bind(scope, parameter.name.as_str(), Some(Value::carrying(taint)));
        }
    }

    fn outside_parameter(
        &mut self,
        parameter: &'a ast::ParameterWithDefault,
        route: Option<&Route>,
        is_request: bool,
    ) -> Value {
        let name = parameter.name().as_str();
        let annotation = parameter.annotation();
        let typed = annotation.map(|annotation| self.eval(annotation));
        let type_name = typed.as_ref().and_then(Value::as_name).unwrap_or("").to_owned();
        // `req: InstallRequirement` is no request, whatever its name.
        let named = matches!(name, "request" | "req") && annotation.is_none_or(may_be_request);
        if named
            || is_request && annotation.is_none()
            || type_name.ends_with(".Request")
            || type_name.ends_with("HttpRequest")
        {
            return Value::named(REQUEST);
        }
        if name == "websocket" || type_name.ends_with("WebSocket") {
            return Value::named(SOCKET);
        }
        if let Some(value) = parameter.default().and_then(|default| self.dependency(default)) {
            return value;
        }
        if let Some(route) = route {
            let clean = route.clean.iter().any(|known| known.as_ref() == name);
            let outside = route.named.as_ref().is_none_or(|named| named.iter().any(|known| known.as_ref() == name));
            if outside && !clean && !matches!(name, "self" | "cls" | "ctx" | "db" | "session" | "conn" | "cursor") {
                let taint = self.source(route.kind, route.words, parameter.range());
                return self.model_of(typed.as_ref(), taint);
            }
            if clean && outside {
                let taint = self.source(route.kind, route.words, parameter.range());
                return Value::carrying(taint.marked(super::weakness::Mask::ALL));
            }
            if clean {
                return Value::UNKNOWN;
            }
        }
        if type_name.is_empty() { Value::named(format!("?{name}")) } else { Value::named(format!("{type_name}()")) }
    }

    /// What `Depends(function)` gives: the function is called with what the client sent.
    fn dependency(&mut self, default: &'a Expr) -> Option<Value> {
        let Expr::Call(call) = default else { return None };
        let name = match &*call.func {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => return None,
        };
        if !matches!(name, "Depends" | "Security") || !self.may_call() {
            return None;
        }
        let Kind::Function(id) = self.eval(call.arguments.args.first()?).kind else { return None };
        let mut function = self.functions.get(id as usize).cloned()?;
        if self.frames.iter().any(|frame| frame.function == Some(id)) {
            return None;
        }
        let route = function.definition.map(|definition| typed(web(None, false, true, None), definition))?;
        function.route = Some(Rc::new(Route { named: None, ..route }));
        let scope = self.state.scope(Some(function.scope));
        self.push_frame(function.unit, scope, Some(id), function.class);
        self.bind_outside(&function, None);
        let (value, _) = self.run_frame(function.body);
        value
    }

    /// The value of a parameter with a class of the project as its type.
    fn model_of(&mut self, typed: Option<&Value>, taint: Taint) -> Value {
        if let Some(Kind::Class(class)) = typed.map(|value| value.kind.clone())
            && let Some(definition) = self.classes.get(class as usize).map(|class| class.definition)
        {
            let bases = self.external_bases(class, 6);
            if bases.iter().any(|base| base.contains("Enum")) {
                return Value::UNKNOWN;
            }
            let id = self.state.allocate(super::state::Object::Instance { class, attributes: Default::default() });
            let instance = Value::of(Kind::Object(id)).with(taint.clone());
            for stmt in &definition.body {
                if let ast::Stmt::AnnAssign(field) = stmt
                    && let Expr::Name(name) = &*field.target
                {
                    let value = if is_harmless_type(&field.annotation) {
                        Value::UNKNOWN
                    } else {
                        let part = self.part_of(&taint, name.id.as_str(), super::weakness::Mask::NONE);
                        Value::carrying(part)
                    };
                    self.set_attribute(&instance, name.id.as_str(), &value, field.range());
                }
            }
            return instance;
        }
        Value::carrying(taint)
    }
}
