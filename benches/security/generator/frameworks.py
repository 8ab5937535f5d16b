"""How web frameworks hand over what a client sent, and how handlers answer.

A source is (name, lines, options). In lines, {v} is the variable that is given the data and {k} a key; {r} is the
request. Options: `path` adds a parameter to the path, `params` to the function, `imports` to the file, `inline` says
that the lines cannot move into another function, `clean` that what they give is no data of a client.
"""


def source(name, lines, **options):
    return {"name": name, "lines": lines.strip("\n").split("\n"), **options}


UNQUOTE = ["from urllib.parse import unquote_plus"]

FLASK = {
    "imports": ["from flask import Flask, request, make_response, redirect, session"],
    "module": ["app = Flask(__name__)"],
    "request": "request",
    "passes_request": False,
    "is_async": False,
    "sources": [
        source("args.get", '{v} = request.args.get("{k}")'),
        source("args.get-default", '{v} = request.args.get("{k}", "none")'),
        source("args[]", '{v} = request.args["{k}"]'),
        source("args.getlist", '{t} = request.args.getlist("{k}")\n{v} = ""\nif {t}:\n    {v} = {t}[0]'),
        source("form.get", '{v} = request.form.get("{k}", "")'),
        source("form[]", '{v} = request.form["{k}"]'),
        source("form.getlist", '{t} = request.form.getlist("{k}")\n{v} = {t}[-1] if {t} else ""'),
        source("form-names", '{v} = ""\nfor {t} in request.form.keys():\n    if "on" in request.form.getlist({t}):\n        {v} = {t}\n        break'),
        source("args-names", '{v} = ""\nfor {t} in request.args:\n    if request.args[{t}] == "on":\n        {v} = {t}'),
        source("args-items", '{v} = ""\nfor {t}, {u} in request.args.items():\n    if {t}.startswith("{k}"):\n        {v} = {u}'),
        source("values", '{v} = request.values.get("{k}")'),
        source("headers.get", '{v} = request.headers.get("{H}")'),
        source("headers[]", '{v} = request.headers["{H}"]'),
        source("headers.getlist", '{t} = request.headers.getlist("{H}")\n{v} = {t}[0] if {t} else ""'),
        source("header-names", '{v} = ""\nfor {t} in request.headers.keys():\n    if {t} in ("Host", "Accept", "Cookie"):\n        continue\n    {v} = {t}\n    break'),
        source("header-unquoted", '{v} = request.headers.get("{H}")\n{v} = unquote_plus({v})', imports=UNQUOTE),
        source("cookies", '{v} = request.cookies.get("{k}", "none")'),
        source("cookies-unquoted", '{v} = unquote_plus(request.cookies.get("{k}", "none"))', imports=UNQUOTE),
        source("query-string", '{q} = request.query_string.decode("utf-8")\n{t} = {q}.find("{k}=")\n{v} = {q}[{t} + len("{k}") + 1:]\n{u} = {v}.find("&")\nif {u} != -1:\n    {v} = {v}[:{u}]\n{v} = unquote_plus({v})', imports=UNQUOTE),
        source("query-string-parsed", '{v} = parse_qs(request.query_string.decode())["{k}"][0]', imports=["from urllib.parse import parse_qs"]),
        source("query-string-return", '{q} = request.query_string.decode("utf-8")\n{t} = {q}.find("{k}" + "=")\nif {t} == -1:\n    return "no parameter {k}"\n{v} = {q}[{t} + len("{k}") + 1:]\nif "&" in {v}:\n    {v} = {v}.split("&")[0]', inline=True),
        source("path", "{v} = {k}", path="{k}", params=["{k}"], inline=True),
        source("path-path", "{v} = {k}", path="path:{k}", params=["{k}"], inline=True),
        source("view_args", '{v} = request.view_args["{k}"]', path="{k}", params=["{k}"]),
        source("request.path", '{v} = request.path.split("/")[-1]', path="{k}", params=["{k}"]),
        source("json", '{v} = request.get_json()["{k}"]'),
        source("json.get", '{t} = request.get_json(silent=True) or {{}}\n{v} = {t}.get("{k}", "")'),
        source("json-attribute", '{v} = request.json["{k}"]'),
        source("data", '{v} = request.data.decode("utf-8")'),
        source("get_data", "{v} = request.get_data(as_text=True)"),
        source("json-loads", '{v} = json.loads(request.data)["{k}"]', imports=["import json"]),
        source("filename", '{v} = request.files["{k}"].filename'),
        source("file-content", '{v} = request.files["{k}"].read().decode()'),
        source("referrer", '{v} = request.referrer or ""'),
        source("user-agent", "{v} = request.user_agent.string"),
        source("walrus", 'if not ({v} := request.args.get("{k}")):\n    return "missing", 400', inline=True),
        source("next-iter", '{v} = next(iter(request.args.values()), "")'),
        source("to_dict", '{v} = request.args.to_dict()["{k}"]'),
        source("try", 'try:\n    {v} = request.form["{k}"]\nexcept KeyError:\n    {v} = ""'),
        source("or-chain", '{v} = request.args.get("{k}") or request.form.get("{k}") or ""'),
        source("ternary", '{v} = request.form["{k}"] if request.method == "POST" else request.args.get("{k}", "")'),
        source("getattr", '{v} = getattr(request, "args").get("{k}")'),
        source("alias", '{t} = request.args\n{v} = {t}.get("{k}")'),
        source("authorization", "{v} = request.authorization.username"),
        source("environ", '{v} = request.environ.get("HTTP_X_{K}", "")'),
        source("full_path", '{v} = request.full_path.partition("?")[2]'),
        source("constant", '{v} = "{w}"', clean=True),
        source("method", "{v} = request.method", clean=True),
        source("fixed-path", '{v} = request.path.split("/")[1]', clean=True),
        source("int", '{v} = str(int(request.args.get("{k}", "1")))', clean=True),
        source("typed", '{v} = str(request.args.get("{k}", 1, type=int))', clean=True),
        source("int-path", "{v} = str({k})", path="int:{k}", params=["{k}"], inline=True, clean=True),
        source("setting", '{v} = app.config["{K}"]', clean=True, inline=True),
    ],
}

DJANGO = {
    "imports": ["from django.http import HttpResponse, HttpResponseRedirect", "from django.shortcuts import redirect"],
    "module": [],
    "request": "request",
    "passes_request": True,
    "is_async": False,
    "sources": [
        source("GET.get", '{v} = {r}.GET.get("{k}", "")'),
        source("GET[]", '{v} = {r}.GET["{k}"]'),
        source("GET.getlist", '{t} = {r}.GET.getlist("{k}")\n{v} = {t}[0] if {t} else ""'),
        source("POST.get", '{v} = {r}.POST.get("{k}")'),
        source("POST[]", '{v} = {r}.POST["{k}"]'),
        source("POST.getlist", '{v} = ",".join({r}.POST.getlist("{k}"))'),
        source("POST-names", '{v} = ""\nfor {t} in {r}.POST.keys():\n    if {r}.POST[{t}] == "on":\n        {v} = {t}\n        break'),
        source("GET-items", '{v} = ""\nfor {t}, {u} in {r}.GET.items():\n    {v} = {u}'),
        source("headers.get", '{v} = {r}.headers.get("{H}", "")'),
        source("META", '{v} = {r}.META.get("HTTP_X_{K}", "")'),
        source("META-query", '{v} = unquote_plus({r}.META["QUERY_STRING"])', imports=UNQUOTE),
        source("COOKIES.get", '{v} = {r}.COOKIES.get("{k}", "")'),
        source("COOKIES[]", '{v} = {r}.COOKIES["{k}"]'),
        source("body", '{v} = {r}.body.decode("utf-8")'),
        source("json", '{v} = json.loads({r}.body)["{k}"]', imports=["import json"]),
        source("json-get", '{t} = json.loads({r}.body.decode())\n{v} = {t}.get("{k}", "")', imports=["import json"]),
        source("path", "{v} = {k}", params=["{k}"], inline=True),
        source("full-path", "{v} = {r}.get_full_path()"),
        source("file-name", '{v} = {r}.FILES["{k}"].name'),
        source("dict", '{v} = {r}.GET.dict()["{k}"]'),
        source("file-content", '{v} = {r}.FILES["{k}"].read().decode()'),
        source("resolver", '{v} = {r}.resolver_match.kwargs["{k}"]'),
        source("or-chain", '{v} = {r}.GET.get("{k}") or {r}.POST.get("{k}") or ""'),
        source("constant", '{v} = "{w}"', clean=True),
        source("method", "{v} = {r}.method", clean=True),
        source("int", '{v} = str(int({r}.GET.get("{k}", "1")))', clean=True),
    ],
}

STARLETTE_SOURCES = [
    source("query_params.get", '{v} = {r}.query_params.get("{k}", "")'),
    source("query_params[]", '{v} = {r}.query_params["{k}"]'),
    source("query_params.getlist", '{v} = {r}.query_params.getlist("{k}")[0]'),
    source("query-items", '{v} = ""\nfor {t}, {u} in {r}.query_params.multi_items():\n    {v} = {u}'),
    source("headers.get", '{v} = {r}.headers.get("{H}", "")'),
    source("cookies.get", '{v} = {r}.cookies.get("{k}", "")'),
    source("json", '{v} = (await {r}.json())["{k}"]', inline=True),
    source("json-two", '{t} = await {r}.json()\n{v} = {t}.get("{k}", "")', inline=True),
    source("body", "{t} = await {r}.body()\n{v} = {t}.decode()", inline=True),
    source("form", '{t} = await {r}.form()\n{v} = {t}["{k}"]', inline=True),
    source("form-get", '{v} = (await {r}.form()).get("{k}")', inline=True),
    source("url", "{v} = str({r}.url.query)"),
    source("constant", '{v} = "{w}"', clean=True),
    source("method", "{v} = {r}.method", clean=True),
    source("int", '{v} = str(int({r}.query_params.get("{k}", "1")))', clean=True),
]

FASTAPI = {
    "imports": ["from fastapi import FastAPI, Request, Query, Header, Cookie, Form, Body, Depends", "from fastapi.responses import HTMLResponse, RedirectResponse, PlainTextResponse", "from pydantic import BaseModel"],
    "module": ["app = FastAPI()"],
    "request": "request",
    "passes_request": True,
    "is_async": True,
    "sources": STARLETTE_SOURCES + [
        source("parameter", "{v} = {k}", params=["{k}: str"], inline=True),
        source("parameter-default", "{v} = {k}", params=['{k}: str = ""'], inline=True),
        source("Query", "{v} = {k}", params=['{k}: str = Query("")'], inline=True),
        source("Header", "{v} = {k}", params=['{k}: str = Header(...)'], inline=True),
        source("Cookie", "{v} = {k}", params=['{k}: str = Cookie(None)'], inline=True),
        source("Form", "{v} = {k}", params=['{k}: str = Form(...)'], inline=True),
        source("Annotated", "{v} = {k}", params=['{k}: Annotated[str, Query()]'], imports=["from typing import Annotated"], inline=True),
        source("path", "{v} = {k}", path="{k}", params=["{k}: str"], inline=True),
        source("model", "{v} = {t}.{k}", params=["{t}: {C}"], before=["class {C}(BaseModel):", "    {k}: str", "    count: int = 0"], inline=True),
        source("dict-body", '{v} = {t}["{k}"]', params=["{t}: dict = Body(...)"], inline=True),
        source("list-parameter", '{v} = {k}[0]', params=["{k}: list[str] = Query([])"], inline=True),
        source("depends", "{v} = {k}", params=["{k}: str = Depends({f})"], before=['def {f}(q: str = ""):', "    return q"], inline=True),
        source("int-parameter", "{v} = str({k})", params=["{k}: int"], inline=True, clean=True),
    ],
}

STARLETTE = {
    "imports": ["from starlette.applications import Starlette", "from starlette.requests import Request", "from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse", "from starlette.routing import Route"],
    "module": [],
    "request": "request",
    "passes_request": True,
    "is_async": True,
    "sources": STARLETTE_SOURCES + [
        source("path_params", '{v} = {r}.path_params["{k}"]'),
    ],
}

AIOHTTP = {
    "imports": ["from aiohttp import web"],
    "module": ["routes = web.RouteTableDef()"],
    "request": "request",
    "passes_request": True,
    "is_async": True,
    "sources": [
        source("query.get", '{v} = {r}.query.get("{k}", "")'),
        source("query[]", '{v} = {r}.query["{k}"]'),
        source("query.getall", '{v} = {r}.query.getall("{k}")[0]'),
        source("rel_url", '{v} = {r}.rel_url.query["{k}"]'),
        source("match_info", '{v} = {r}.match_info["{k}"]', path="{k}"),
        source("match_info.get", '{v} = {r}.match_info.get("{k}", "")', path="{k}"),
        source("post", '{t} = await {r}.post()\n{v} = {t}["{k}"]', inline=True),
        source("post-get", '{v} = (await {r}.post()).get("{k}", "")', inline=True),
        source("json", '{v} = (await {r}.json())["{k}"]', inline=True),
        source("text", "{v} = await {r}.text()", inline=True),
        source("read", "{v} = (await {r}.read()).decode()", inline=True),
        source("headers", '{v} = {r}.headers.get("{H}", "")'),
        source("cookies", '{v} = {r}.cookies.get("{k}", "")'),
        source("query_string", "{v} = {r}.query_string"),
        source("constant", '{v} = "{w}"', clean=True),
        source("int", '{v} = str(int({r}.query.get("{k}", "1")))', clean=True),
        source("method", "{v} = {r}.method", clean=True),
    ],
}

TORNADO = {
    "imports": ["import tornado.web", "import tornado.escape"],
    "module": [],
    "request": "self",
    "passes_request": True,
    "is_async": False,
    "sources": [
        source("get_argument", '{v} = {r}.get_argument("{k}")'),
        source("get_argument-default", '{v} = {r}.get_argument("{k}", default="")'),
        source("get_query_argument", '{v} = {r}.get_query_argument("{k}", "")'),
        source("get_body_argument", '{v} = {r}.get_body_argument("{k}")'),
        source("get_arguments", '{v} = {r}.get_arguments("{k}")[0]'),
        source("headers", '{v} = {r}.request.headers.get("{H}", "")'),
        source("get_cookie", '{v} = {r}.get_cookie("{k}", "")'),
        source("path", "{v} = {k}", params=["{k}"], inline=True),
        source("body", '{v} = {r}.request.body.decode("utf-8")'),
        source("arguments", '{v} = {r}.request.arguments["{k}"][0].decode()'),
        source("json", '{v} = tornado.escape.json_decode({r}.request.body)["{k}"]'),
        source("uri", '{v} = {r}.request.uri.split("?")[-1]'),
        source("query", "{v} = {r}.request.query"),
        source("constant", '{v} = "{w}"', clean=True),
        source("int", '{v} = str(int({r}.get_argument("{k}")))', clean=True),
        source("method", "{v} = {r}.request.method", clean=True),
    ],
}

BOTTLE = {
    "imports": ["from bottle import Bottle, request, response, redirect, HTTPResponse"],
    "module": ["app = Bottle()"],
    "request": "request",
    "passes_request": False,
    "is_async": False,
    "sources": [
        source("query.get", '{v} = request.query.get("{k}", "")'),
        source("query-attribute", "{v} = request.query.{k}"),
        source("query[]", '{v} = request.query["{k}"]'),
        source("query.getall", '{v} = request.query.getall("{k}")[0]'),
        source("forms.get", '{v} = request.forms.get("{k}")'),
        source("forms-attribute", "{v} = request.forms.{k}"),
        source("params", '{v} = request.params.get("{k}", "")'),
        source("headers", '{v} = request.headers.get("{H}", "")'),
        source("get_header", '{v} = request.get_header("{H}")'),
        source("get_cookie", '{v} = request.get_cookie("{k}")'),
        source("json", '{v} = request.json["{k}"]'),
        source("body", "{v} = request.body.read().decode()"),
        source("query_string", "{v} = request.query_string"),
        source("path", "{v} = {k}", path="{k}", params=["{k}"], inline=True),
        source("constant", '{v} = "{w}"', clean=True),
        source("method", "{v} = request.method", clean=True),
        source("int", '{v} = str(int(request.query.get("{k}", "1")))', clean=True),
    ],
}

FRAMEWORKS = {
    "flask": FLASK,
    "django": DJANGO,
    "fastapi": FASTAPI,
    "starlette": STARLETTE,
    "aiohttp": AIOHTTP,
    "tornado": TORNADO,
    "bottle": BOTTLE,
}


def answer(framework, expr):
    """A statement that answers with fixed text."""
    return {
        "flask": f"return {expr}",
        "bottle": f"return {expr}",
        "django": f"return HttpResponse({expr})",
        "fastapi": f"return PlainTextResponse({expr})",
        "starlette": f"return PlainTextResponse({expr})",
        "aiohttp": f"return web.Response(text={expr})",
        "tornado": f"self.write({expr})",
    }[framework]


def page(framework, expr, form):
    """Lines that show an expression on a page."""
    forms = {
        "flask": [
            [f"return {expr}"],
            [f"return make_response({expr})"],
            [f"{{t}} = make_response({expr})", '{t}.headers["Content-Type"] = "text/html"', "return {t}"],
            [f"return {expr}, 200"],
            [f'return app.response_class({expr}, mimetype="text/html")'],
        ],
        "bottle": [[f"return {expr}"], [f"return HTTPResponse(body={expr})"], [f"yield {expr}"]],
        "django": [[f"return HttpResponse({expr})"], ["{t} = HttpResponse()", f"{{t}}.write({expr})", "return {t}"], [f'return HttpResponse({expr}, content_type="text/html")']],
        "fastapi": [[f"return HTMLResponse({expr})"], [f"return HTMLResponse(content={expr}, status_code=200)"]],
        "starlette": [[f"return HTMLResponse({expr})"]],
        "aiohttp": [[f'return web.Response(text={expr}, content_type="text/html")'], [f'return web.Response(body={expr}.encode(), content_type="text/html")']],
        "tornado": [[f"self.write({expr})"], [f"self.finish({expr})"]],
    }[framework]
    return forms[form % len(forms)]


def plain(framework, expr):
    """Lines that answer with data that no browser takes for a page."""
    return {
        "flask": ["{t} = make_response(" + expr + ")", '{t}.headers["Content-Type"] = "text/plain"', "return {t}"],
        "bottle": ['response.content_type = "text/plain"', f"return {expr}"],
        "django": [f'return HttpResponse({expr}, content_type="text/plain")'],
        "fastapi": [f"return PlainTextResponse({expr})"],
        "starlette": [f"return PlainTextResponse({expr})"],
        "aiohttp": [f"return web.Response(text={expr})"],
        "tornado": ['self.set_header("Content-Type", "text/plain")', f"self.write({expr})"],
    }[framework]


def sends(framework, expr):
    """Lines that send the client elsewhere."""
    return {
        "flask": [f"return redirect({expr})"],
        "bottle": [f"return redirect({expr})"],
        "django": [f"return HttpResponseRedirect({expr})"],
        "fastapi": [f"return RedirectResponse({expr})"],
        "starlette": [f"return RedirectResponse(url={expr})"],
        "aiohttp": [f"raise web.HTTPFound({expr})"],
        "tornado": [f"self.redirect({expr})"],
    }[framework]


def remembers(framework, key, expr):
    """Lines that put a value into the session; none where the framework has none of its own."""
    return {
        "flask": [f"session[{key}] = {expr}", 'return "ok"'],
        "django": [f"request.session[{key}] = {expr}", 'return HttpResponse("ok")'],
        "starlette": [f"request.session[{key}] = {expr}", 'return PlainTextResponse("ok")'],
        "fastapi": [f"request.session[{key}] = {expr}", 'return PlainTextResponse("ok")'],
    }.get(framework)


def sets_cookie(framework, expr, options):
    """Lines that set a cookie."""
    return {
        "flask": ['{t} = make_response("ok")', f'{{t}}.set_cookie("{{k}}", {expr}{options})', "return {t}"],
        "bottle": [f'response.set_cookie("{{k}}", {expr}{options})', 'return "ok"'],
        "django": ['{t} = HttpResponse("ok")', f'{{t}}.set_cookie("{{k}}", {expr}{options})', "return {t}"],
        "fastapi": ['{t} = PlainTextResponse("ok")', f'{{t}}.set_cookie("{{k}}", {expr}{options})', "return {t}"],
        "starlette": ['{t} = PlainTextResponse("ok")', f'{{t}}.set_cookie("{{k}}", {expr}{options})', "return {t}"],
        "aiohttp": ['{t} = web.Response(text="ok")', f'{{t}}.set_cookie("{{k}}", {expr}{options})', "return {t}"],
    }.get(framework)
