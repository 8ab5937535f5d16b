//! Calls of functions and classes of the project, and their definitions.

mod imports;

use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr, Parameters};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

use super::declared::is_enumeration;
use super::interpret::{Binding, Body, Class, Function, Interpreter, StepNote};
use super::routes;
use super::state::{Object, Sequence};
use super::values::{ClassId, Const, FunctionId, Kind, Taint, Text, Value};
use super::weakness::Mask;

/// So many functions of a table are called where it is not known which one is meant.
const MAX_TABLE: usize = 24;

/// The arguments of a call.
#[derive(Clone, Default)]
pub struct Arguments {
    /// By position.
    pub positional: Vec<Value>,
    /// By name.
    pub named: Vec<(Text, Value)>,
    /// Joined elements of `*` arguments of unknown length.
    pub star: Option<Value>,
    /// Joined values of `**` arguments with unknown keys.
    pub stars: Option<Value>,
    /// The place of the call.
    pub range: TextRange,
}

impl Arguments {
    /// The argument at a position or with a name.
    pub fn get(&self, position: usize, name: &str) -> Option<&Value> {
        // A name that stands beside a position is another argument: `template("…", source=value)`.
        self.positional.get(position).or_else(|| self.keyword(name))
    }

    /// The argument with a name.
    pub fn keyword(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(known, _)| known.as_ref() == name).map(|(_, value)| value)
    }

    /// Every argument.
    pub fn all(&self) -> impl Iterator<Item = &Value> {
        self.positional.iter().chain(self.named.iter().map(|(_, value)| value)).chain(&self.star).chain(&self.stars)
    }

    /// With another first argument.
    #[must_use]
    pub fn preceded_by(mut self, first: Value) -> Self {
        self.positional.insert(0, first);
        self
    }
}

impl<'a> Interpreter<'a> {
    /// The value of a call.
    pub fn call(&mut self, call: &'a ast::ExprCall) -> Value {
        if let Expr::Attribute(attribute) = &*call.func {
            let receiver = self.eval(&attribute.value);
            let arguments = self.arguments(call);
            return self.call_method(&receiver, attribute.attr.as_str(), arguments);
        }
        if let Expr::Name(name) = &*call.func
            && name.id.as_str() == "super"
            && let Some(value) = self.super_value(call)
        {
            return value;
        }
        let function = self.eval(&call.func);
        let arguments = self.arguments(call);
        self.invoke(&function, arguments)
    }

    fn super_value(&mut self, call: &'a ast::ExprCall) -> Option<Value> {
        let frame = self.frames.iter().rev().find(|frame| frame.class.is_some())?;
        let class = frame.class?;
        let id = frame.function?;
        let scope = frame.scope;
        let first = match call.arguments.args.get(1) {
            Some(expr) => self.eval(expr),
            None => {
                let parameters = self.functions.get(id as usize)?.parameters?;
                let name = parameters.iter_non_variadic_params().next()?.name().as_str();
                self.state.lookup(scope, name)?.clone()
            }
        };
        Some(Value::of(Kind::Super(Rc::new((first, class)))))
    }

    /// The arguments of a call.
    pub fn arguments(&mut self, call: &'a ast::ExprCall) -> Arguments {
        let mut arguments = Arguments { range: call.range(), ..Arguments::default() };
        for expr in &call.arguments.args {
            if let Expr::Starred(starred) = expr {
                let value = self.eval(&starred.value);
                match self.exact_elements(&value, 32) {
                    Some(elements) => arguments.positional.extend(elements),
                    None => arguments.star = Some(self.element_of(&value)),
                }
            } else {
                let value = self.eval(expr);
                arguments.positional.push(value);
            }
        }
        for keyword in &call.arguments.keywords {
            let value = self.eval(&keyword.value);
            match &keyword.arg {
                Some(name) => arguments.named.push((Text::from(name.as_str()), value)),
                None => self.spread(&value, &mut arguments),
            }
        }
        arguments
    }

    fn spread(&mut self, value: &Value, arguments: &mut Arguments) {
        if let Kind::Object(id) = &value.kind
            && let Some(Object::Dict { items, rest, keys }) = self.state.object(*id).map(Rc::as_ref)
        {
            for (key, value) in items {
                if let Const::Str(name) = key {
                    arguments.named.push((name.clone(), value.clone()));
                }
            }
            if let Some(rest) = rest {
                let taint = rest.taint.union(keys);
                arguments.stars = Some(rest.clone().with(taint));
            }
            return;
        }
        let taint = self.taint_of(value);
        arguments.stars = Some(Value::carrying(taint));
    }

    /// Calls a value.
    pub fn invoke(&mut self, function: &Value, arguments: Arguments) -> Value {
        if !self.spend() {
            return Value::UNKNOWN;
        }
        self.nested(|this| this.invoke_inner(function, arguments)).unwrap_or(Value::UNKNOWN)
    }

    fn invoke_inner(&mut self, function: &Value, arguments: Arguments) -> Value {
        match &function.kind {
            Kind::Function(id) => self.call_function(*id, arguments),
            Kind::Method(bound) => {
                let (receiver, id) = bound.as_ref().clone();
                self.call_function(id, arguments.preceded_by(receiver))
            }
            Kind::Bound(bound) => {
                let (receiver, name) = bound.as_ref().clone();
                match name.strip_suffix('*') {
                    Some(prefix) => self.call_any(&receiver, prefix, &arguments),
                    None => self.call_method(&receiver, &name, arguments),
                }
            }
            Kind::Partial(partial) => {
                let (inner, first) = partial.as_ref().clone();
                let mut all = arguments;
                for (index, value) in first.into_iter().enumerate() {
                    all.positional.insert(index, value);
                }
                self.invoke(&inner, all)
            }
            Kind::Class(id) => self.instantiate(*id, arguments),
            Kind::Name(name) => {
                let name = name.clone();
                self.external(&name, None, function, arguments)
            }
            Kind::OneOf(values) => {
                let values: Vec<Value> = values.iter().take(6).cloned().collect();
                self.each(&values, |this, value| this.invoke(value, arguments.clone()))
            }
            Kind::Object(id) => {
                if let Some(Object::Instance { .. }) = self.state.object(*id).map(Rc::as_ref)
                    && let Some(method) = self.instance_attribute(function, "__call__")
                {
                    return self.invoke(&method, arguments);
                }
                self.opaque(function, &arguments)
            }
            _ => self.opaque(function, &arguments),
        }
    }

    /// Calls each of the functions that may be meant: the methods that begin so, or those in a table.
    fn call_any(&mut self, owner: &Value, prefix: &str, arguments: &Arguments) -> Value {
        let Kind::Object(id) = owner.kind else { return Value::UNKNOWN };
        let functions: Vec<Value> = match self.state.object(id).map(Rc::as_ref) {
            Some(Object::Instance { class, .. }) => {
                let scope = self.classes.get(*class as usize).map(|class| class.scope);
                let mut names = scope.map_or_else(Vec::new, |scope| self.state.names(scope));
                names.retain(|name| name.starts_with(prefix));
                names.sort_unstable();
                names.into_iter().take(MAX_TABLE).filter_map(|name| self.instance_attribute(owner, name)).collect()
            }
            Some(Object::Dict { items, .. }) => items.iter().take(MAX_TABLE).map(|(_, value)| value.clone()).collect(),
            _ => Vec::new(),
        };
        self.each(&functions, |this, function| this.invoke(function, arguments.clone()))
    }

    /// Does something for each of several values, each from the same state, and joins what it gives.
    pub fn each(&mut self, values: &[Value], mut run: impl FnMut(&mut Self, &Value) -> Value) -> Value {
        let mark = self.state.mark();
        let mut diffs = Vec::new();
        let mut joined: Option<Value> = None;
        for value in values {
            let result = run(self, value);
            diffs.push(self.state.diff(mark));
            self.state.roll_back(mark);
            joined = Some(joined.map_or_else(|| result.clone(), |known| known.join(&result)));
        }
        self.state.merge(mark, diffs);
        joined.unwrap_or(Value::UNKNOWN)
    }

    /// A call of something of which nothing is known: what goes in may come out.
    pub fn opaque(&mut self, function: &Value, arguments: &Arguments) -> Value {
        let mut taint = function.taint.clone();
        for argument in arguments.all() {
            taint = taint.union(&self.taint_of(argument));
        }
        let taint = taint.marked(Mask::UNCERTAIN);
        Value::carrying(if taint.is_some() { self.or_unknown(taint) } else { taint })
    }

    /// Whether a value says that the call that gave it never returns.
    pub fn never_returns(&self, value: &Value) -> bool {
        value.as_name() == Some("@never")
    }

    /// Calls a function of the project.
    pub fn call_function(&mut self, id: FunctionId, arguments: Arguments) -> Value {
        let Some(function) = self.functions.get(id as usize).cloned() else { return Value::UNKNOWN };
        let recursive = self.frames.iter().filter(|frame| frame.function == Some(id)).count() > 1;
        if recursive || !self.may_call() {
            return self.opaque(&Value::UNKNOWN, &arguments);
        }
        self.called.insert(id);
        let call_site = (self.unit(), arguments.range);
        let scope = self.state.scope(Some(function.scope));
        let outer_site = self.frames.last().and_then(|frame| frame.call_site);
        self.push_frame(function.unit, scope, Some(id), function.class);
        if let Some(frame) = self.frames.last_mut() {
            // The outermost call from the judged file is where findings in other files are shown.
            frame.call_site = Some(match outer_site {
                Some(site) if call_site.0 != 0 => site,
                _ => call_site,
            });
        }
        let given = arguments.positional.first().cloned();
        if let Some(parameters) = function.parameters {
            self.bind_parameters(parameters, &function, arguments);
        }
        let (value, _) = self.run_frame(function.body);
        let value = match given.filter(|given| given.taint.is_some() && self.looks_at_addresses(&function)) {
            Some(given) => self.checked_address(&given, value),
            None => value,
        };
        match value {
            Some(value) if self.is_context(&function) => self.element_of(&value),
            Some(value) => value,
            None => Value::named("@never"),
        }
    }

    /// Whether the function is a generator that serves as a context.
    fn is_context(&self, function: &Function<'a>) -> bool {
        function.definition.is_some_and(|definition| {
            definition.decorator_list.iter().any(|decorator| {
                let expr = match &decorator.expression {
                    Expr::Call(call) => &call.func,
                    other => other,
                };
                let name = match expr {
                    Expr::Name(name) => name.id.as_str(),
                    Expr::Attribute(attribute) => attribute.attr.as_str(),
                    _ => "",
                };
                matches!(name, "contextmanager" | "asynccontextmanager")
            })
        })
    }

    fn bind_parameters(&mut self, parameters: &'a Parameters, function: &Function<'a>, arguments: Arguments) {
        let scope = self.scope();
        let Arguments { positional, mut named, star, stars, .. } = arguments;
        let mut positional = positional.into_iter();
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            let name = parameter.name().as_str();
            let given = positional.next().or_else(|| take_named(&mut named, name));
            self.bind_parameter(scope, parameter, function, given, star.as_ref().or(stars.as_ref()));
        }
        if let Some(rest) = &parameters.vararg {
            let items: Vec<Value> = positional.collect();
            let id = self.state.allocate(Object::Sequence { sort: Sequence::Tuple, items, rest: star.clone() });
            self.state.bind(scope, rest.name.as_str(), Some(Value::of(Kind::Object(id))));
        }
        for parameter in &parameters.kwonlyargs {
            let given = take_named(&mut named, parameter.name().as_str());
            self.bind_parameter(scope, parameter, function, given, stars.as_ref());
        }
        if let Some(rest) = &parameters.kwarg {
            let items = named.into_iter().map(|(name, value)| (Const::Str(name), value)).collect();
            let keys = stars.as_ref().map_or(Taint::NONE, |value| value.taint.clone());
            let id = self.state.allocate(Object::Dict { items, rest: stars, keys });
            self.state.bind(scope, rest.name.as_str(), Some(Value::of(Kind::Object(id))));
        }
    }

    fn bind_parameter(
        &mut self,
        scope: u32,
        parameter: &'a ast::ParameterWithDefault,
        function: &Function<'a>,
        given: Option<Value>,
        spare: Option<&Value>,
    ) {
        let name = parameter.name().as_str();
        let default = || function.defaults.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let value = match given {
            Some(value) => value,
            None => match (spare, default()) {
                (Some(spare), Some(default)) => spare.join(&default),
                (Some(spare), None) => spare.clone(),
                (None, Some(default)) => default,
                (None, None) => Value::UNKNOWN,
            },
        };
        let value = self.stepped(&value, parameter.range(), StepNote::Passed(name));
        self.state.bind(scope, name, Some(value));
    }

    /// The defaults of parameters.
    pub fn defaults(&mut self, parameters: &'a Parameters) -> Vec<(&'a str, Value)> {
        let mut defaults = Vec::new();
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                let value = self.eval(default);
                defaults.push((parameter.name().as_str(), value));
            }
        }
        defaults
    }

    /// `def`.
    pub fn define_function(&mut self, stmt: &'a ast::StmtFunctionDef) {
        let defaults = self.defaults(&stmt.parameters);
        let decorators: Vec<(Value, &'a Expr)> = stmt
            .decorator_list
            .iter()
            .map(|decorator| (self.decorator(&decorator.expression), &decorator.expression))
            .collect();
        let (scope, class, unit) = match self.frames.last() {
            Some(frame) => (frame.scope, if frame.function.is_none() { frame.class } else { None }, frame.unit),
            None => return,
        };
        // Methods do not see the names of the class around them.
        let around = match class {
            Some(_) => self.frames.iter().rev().nth(1).map_or(scope, |frame| frame.scope),
            None => scope,
        };
        self.state.capture_scope(around);
        let mut function = Function {
            unit,
            name: stmt.name.as_str(),
            parameters: Some(&stmt.parameters),
            body: Body::Block(&stmt.body),
            scope: around,
            class,
            defaults: Rc::new(defaults),
            binding: if class.is_some() { Binding::Instance } else { Binding::Static },
            property: false,
            route: routes::of_function(self, stmt, &decorators, class),
            definition: Some(stmt),
        };
        for (decorator, _) in &decorators {
            match decorator.as_name() {
                Some("builtins.staticmethod") => function.binding = Binding::Static,
                Some("builtins.classmethod") => function.binding = Binding::Class,
                Some("builtins.property" | "functools.cached_property") => function.property = true,
                Some(name) if name.ends_with("cached_property") => function.property = true,
                _ => {}
            }
        }
        if class.is_some() && matches!(stmt.name.as_str(), "__new__" | "__init_subclass__" | "__class_getitem__") {
            function.binding = Binding::Class;
        }
        let value = self.function(function);
        if let Kind::Function(id) = value.kind
            && let Some(frame) = self.frames.last_mut()
        {
            frame.defined.push(id);
        }
        let mut result = value;
        for (decorator, _) in decorators.iter().rev() {
            result = self.decorated(decorator, result);
        }
        self.bind(stmt.name.as_str(), result);
    }

    /// A decorator: `@d` or `@d(…)`.
    fn decorator(&mut self, expr: &'a Expr) -> Value {
        self.eval(expr)
    }

    fn decorated(&mut self, decorator: &Value, function: Value) -> Value {
        if !matches!(decorator.kind, Kind::Function(_) | Kind::Method(_) | Kind::Class(_)) {
            return function;
        }
        let arguments = Arguments { positional: vec![function.clone()], ..Arguments::default() };
        let result = self.invoke(decorator, arguments);
        match result.kind {
            Kind::Function(_) | Kind::Method(_) | Kind::Object(_) => result,
            _ => function,
        }
    }

    /// `class`.
    pub fn define_class(&mut self, stmt: &'a ast::StmtClassDef) {
        let bases: Vec<Value> = stmt.bases().iter().map(|base| self.eval(base)).collect();
        for keyword in stmt.keywords() {
            self.eval(&keyword.value);
        }
        let decorators: Vec<Value> =
            stmt.decorator_list.iter().map(|decorator| self.eval(&decorator.expression)).collect();
        let (outer, unit) = match self.frames.last() {
            Some(frame) => (frame.scope, frame.unit),
            None => return,
        };
        let scope = self.state.scope(Some(outer));
        self.state.capture_scope(scope);
        let id = ClassId::try_from(self.classes.len()).unwrap_or(ClassId::MAX);
        self.classes.push(Class { unit, name: stmt.name.as_str(), scope, bases, definition: stmt });
        self.push_frame(unit, scope, None, Some(id));
        self.block(&stmt.body);
        if let Some(frame) = self.frames.pop()
            && let Some(outer) = self.frames.last_mut()
        {
            outer.defined.extend(frame.defined);
        }
        let _ = decorators;
        self.bind(stmt.name.as_str(), Value::of(Kind::Class(id)));
    }

    /// Something that a class or one of its bases defines; or the external base that may.
    pub fn class_attribute(&self, class: ClassId, name: &str, depth: u32) -> Option<(Value, ClassId)> {
        let entry = self.classes.get(class as usize)?;
        if let Some(value) = self.state.local(entry.scope, name) {
            return Some((value.clone(), class));
        }
        if depth == 0 {
            return None;
        }
        entry.bases.iter().flat_map(Value::alternatives).find_map(|base| match &base.kind {
            Kind::Class(id) if *id != class => self.class_attribute(*id, name, depth - 1),
            _ => None,
        })
    }

    /// The names of bases outside of the project, nearest first.
    pub fn external_bases(&self, class: ClassId, depth: u32) -> Vec<Text> {
        let mut names = Vec::new();
        let Some(entry) = self.classes.get(class as usize) else { return names };
        for base in entry.bases.iter().flat_map(Value::alternatives) {
            match &base.kind {
                Kind::Name(name) => names.push(name.clone()),
                Kind::Class(id) if *id != class && depth > 0 => names.extend(self.external_bases(*id, depth - 1)),
                _ => {}
            }
        }
        names
    }

    /// Makes an instance.
    pub fn instantiate(&mut self, class: ClassId, arguments: Arguments) -> Value {
        if is_enumeration(self, class) {
            return self.enumerated(&arguments);
        }
        if arguments.stars.is_some() && self.external_bases(class, 6).iter().any(|base| is_table(base)) {
            self.check_mass(&arguments, "Model");
        }
        let id = self.state.allocate(Object::Instance { class, attributes: FxHashMap::default() });
        let mut instance = Value::of(Kind::Object(id));
        if let Some((init, _)) = self.class_attribute(class, "__init__", 8) {
            if let Kind::Function(init) = init.kind {
                let result = self.call_function(init, arguments.preceded_by(instance.clone()));
                if self.never_returns(&result) {
                    return result;
                }
            }
            return instance;
        }
        if let Some((new, _)) = self.class_attribute(class, "__new__", 8)
            && let Kind::Function(new) = new.kind
        {
            let first = Value::of(Kind::Class(class));
            let made = self.call_function(new, arguments.clone().preceded_by(first));
            if matches!(made.kind, Kind::Object(_)) {
                instance = made;
            }
        }
        let fields = self.fields(class, 6);
        let external = self.external_bases(class, 6).iter().any(|base| !base.ends_with("NamedTuple"));
        let mut positional = arguments.positional.iter();
        for (name, default) in fields {
            let given = arguments.keyword(name).or_else(|| positional.next()).cloned();
            let spread = arguments.stars.as_ref().map(|stars| self.taint_of(stars)).filter(Taint::is_some);
            let spread = spread.map(|taint| Value::carrying(self.part_of(&taint, name, Mask::NONE)));
            let typed = given.or_else(|| match (spread, default) {
                (Some(spread), Some(default)) => Some(spread.join(&default)),
                (spread, default) => spread.or(default),
            });
            if let Some(value) = typed {
                self.set_attribute(&instance, name, &value, arguments.range);
            }
        }
        for (name, value) in &arguments.named {
            self.set_attribute(&instance, name, value, arguments.range);
        }
        if external {
            let mut taint = Taint::NONE;
            for argument in arguments.positional.iter().chain(&arguments.star).chain(&arguments.stars) {
                taint = taint.union(&self.taint_of(argument));
            }
            instance.taint = taint;
        }
        instance
    }

    /// The annotated fields of a class, as data classes have them.
    pub fn fields(&self, class: ClassId, depth: u32) -> Vec<(&'a str, Option<Value>)> {
        let mut fields = Vec::new();
        let Some(entry) = self.classes.get(class as usize) else { return fields };
        let (definition, scope) = (entry.definition, entry.scope);
        let bases: Vec<ClassId> = entry
            .bases
            .iter()
            .filter_map(|base| if let Kind::Class(id) = base.kind { (id != class).then_some(id) } else { None })
            .collect();
        if depth > 0 {
            for base in bases {
                fields.extend(self.fields(base, depth - 1));
            }
        }
        for stmt in &definition.body {
            if let ast::Stmt::AnnAssign(stmt) = stmt
                && let Expr::Name(name) = &*stmt.target
            {
                fields.push((name.id.as_str(), self.state.local(scope, name.id.as_str()).cloned()));
            }
        }
        fields
    }
}

/// Whether a base makes a class a table of a database: its instances are rows.
fn is_table(base: &str) -> bool {
    let last = base.trim_end_matches("()").rsplit('.').next().unwrap_or(base);
    base.ends_with(".Model") || matches!(last, "DeclarativeBase" | "declarative_base" | "SQLModel" | "Document")
}

fn take_named(named: &mut Vec<(Text, Value)>, name: &str) -> Option<Value> {
    let at = named.iter().position(|(known, _)| known.as_ref() == name)?;
    Some(named.remove(at).1)
}
