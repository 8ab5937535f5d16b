from langgraph.graph import END, StateGraph

from .nodes import ask, check, look_up

graph = StateGraph(dict)
graph.add_node("look_up", look_up)
graph.add_node("ask", ask)
graph.add_node("check", check)
graph.add_edge("look_up", "ask")
graph.add_edge("ask", "check")
graph.add_edge("check", END)
graph.set_entry_point("look_up")
app = graph.compile()
