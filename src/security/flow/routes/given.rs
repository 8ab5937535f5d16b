//! What the parameters of a function hold that is called from outside.

use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::super::calls::Arguments;
use super::super::declared::is_enumeration;
use super::super::interpret::{Function, Interpreter};
use super::super::sinks::ANSWER;
use super::super::sources::{REQUEST, SOCKET, SourceKind, UPLOAD};
use super::super::state::Object;
use super::super::values::{ClassId, Kind, Taint, Text, Value};
use super::super::weakness::Mask;
use super::{Route, dependency_of, is_harmless_type, is_test, typed, web};
use crate::security::python::mentions::may_be_request;

impl<'a> Interpreter<'a> {
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
                _ if matches!(name, "request" | "req") && is_test(function.name) => Value::UNKNOWN,
                _ if matches!(name, "resp" | "response") && function.name.starts_with("on_") => {
                    self.foreign(ANSWER, &Arguments::default())
                }
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
            let name = parameter.name.as_str();
            let value = match name {
                "context" if !taint.is_some() => Value::named("?context"),
                _ if !taint.is_some() => Value::carrying(self.unknown.map(Taint::of).unwrap_or_default()),
                _ => Value::carrying(taint),
            };
            self.state.bind(scope, name, Some(value));
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
        let message = route.is_some_and(|route| route.named.iter().flatten().any(|known| known.as_ref() == name));
        let named = matches!(name, "request" | "req") && annotation.is_none_or(may_be_request) && !message;
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
        let asked = parameter.default().or_else(|| annotation.and_then(dependency_of));
        if let Some(value) = asked.and_then(|asked| self.dependency(asked, typed.as_ref())) {
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
                return Value::carrying(taint.marked(Mask::ALL));
            }
            if clean {
                return Value::UNKNOWN;
            }
        }
        let value = if type_name.is_empty() {
            Value::named(format!("?{name}"))
        } else {
            Value::named(format!("{type_name}()"))
        };
        if self.unknown.is_none() || parameter.default().is_some_and(|default| default.is_boolean_literal_expr()) {
            return value;
        }
        let harmless = annotation.is_some_and(is_harmless_type);
        let taint = self.source(SourceKind::Caller, "an argument", parameter.range());
        value.with(if harmless { taint.marked(Mask::ALL) } else { taint })
    }

    /// What `Depends(function)` gives: the function is called with what the client sent.
    fn dependency(&mut self, default: &'a Expr, annotated: Option<&Value>) -> Option<Value> {
        let Expr::Call(call) = default else { return None };
        let name = match &*call.func {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => return None,
        };
        if !matches!(name, "Depends" | "Security") || !self.may_call() {
            return None;
        }
        let given = match call.arguments.args.first() {
            Some(given) => self.eval(given),
            // `commons: Commons = Depends()`
            None => annotated?.clone(),
        };
        let id = match given.kind {
            Kind::Function(id) => id,
            Kind::Class(class) => return self.made_of_request(class, call.range()),
            _ => return None,
        };
        let mut function = self.functions.get(id as usize).cloned()?;
        if self.frames.iter().any(|frame| frame.function == Some(id)) {
            return None;
        }
        let route = web(None, false, true, None);
        let route = match function.definition {
            Some(definition) => typed(route, definition),
            None => route,
        };
        function.route = Some(Rc::new(Route { named: None, ..route }));
        let scope = self.state.scope(Some(function.scope));
        self.push_frame(function.unit, scope, Some(id), function.class);
        self.bind_outside(&function, None);
        let (value, _) = self.run_frame(function.body);
        value
    }

    /// An instance whose parameters are what the client sent.
    fn made_of_request(&mut self, class: ClassId, range: TextRange) -> Option<Value> {
        let (init, _) = self.class_attribute(class, "__init__", 8)?;
        let Kind::Function(init) = init.kind else { return None };
        let definition = self.functions.get(init as usize)?.definition?;
        let clean = typed(web(None, false, true, None), definition).clean;
        let mut arguments = Arguments { range, ..Arguments::default() };
        for parameter in definition.parameters.iter_non_variadic_params().skip(1) {
            let name = Text::from(parameter.name().as_str());
            let taint = self.source(SourceKind::Web, "a parameter of the request", parameter.range());
            let taint = if clean.contains(&name) { taint.marked(Mask::ALL) } else { taint };
            arguments.named.push((name, Value::carrying(taint)));
        }
        Some(self.instantiate(class, arguments))
    }

    /// The value of a parameter with a class of the project as its type.
    fn model_of(&mut self, typed: Option<&Value>, taint: Taint) -> Value {
        if let Some(Kind::Class(class)) = typed.map(|value| value.kind.clone())
            && let Some(definition) = self.classes.get(class as usize).map(|class| class.definition)
        {
            if is_enumeration(self, class) {
                return Value::carrying(taint.marked(Mask::ALL));
            }
            let id = self.state.allocate(Object::Instance { class, attributes: Default::default() });
            let instance = Value::of(Kind::Object(id)).with(taint.clone());
            for stmt in &definition.body {
                if let ast::Stmt::AnnAssign(field) = stmt
                    && let Expr::Name(name) = &*field.target
                {
                    let part = self.part_of(&taint, name.id.as_str(), Mask::NONE);
                    let listed = match self.eval(&field.annotation).kind {
                        Kind::Class(class) => is_enumeration(self, class),
                        _ => false,
                    };
                    let harmless = listed || is_harmless_type(&field.annotation);
                    let value = Value::carrying(if harmless { part.marked(Mask::ALL) } else { part });
                    self.set_attribute(&instance, name.id.as_str(), &value, field.range());
                }
            }
            return instance;
        }
        if typed.and_then(Value::as_name).is_some_and(|name| name.ends_with(".UploadFile")) {
            return Value::named(UPLOAD).with(taint);
        }
        Value::carrying(taint)
    }
}
