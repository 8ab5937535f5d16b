from langchain.agents import AgentExecutor, create_tool_calling_agent

from .tools import search


def create_search_agent(llm, prompt):
    agent = create_tool_calling_agent(llm, [search], prompt)
    return AgentExecutor(agent=agent, tools=[search], max_iterations=5)
