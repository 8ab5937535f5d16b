from crewai import Agent, Crew, Task

triage = Agent(role="triage", goal="Sort requests", backstory="Has seen every request", allow_delegation=False)
writer = Agent(role="writer", goal="Answer requests", backstory="Writes kindly")
sort = Task(description="Sort the request {request}", agent=triage, expected_output="a category")
answer = Task(description="Answer it", agent=writer, expected_output="a letter")
crew = Crew(agents=[triage, writer], tasks=[sort, answer])

if __name__ == "__main__":
    print(crew.kickoff(inputs={"request": "Where is my parcel?"}))
