"""AgentSight's own client, unchanged, against `sys.argv[1]`: prints one JSON line per call, {call, result}."""

import json
import sys

from agentsight.api import AgentSight

endpoint, key = sys.argv[1:]
client = AgentSight(api_key=key, endpoint=endpoint)
conversations, feedbacks, messages = client.conversations, client.feedbacks, client.messages
BUSINESS_ID = "support-session-456"
made = {}


def first_message():
    record = conversations.get(BUSINESS_ID)
    return record["messages"][0]["id"]


def keep(name, value):
    made[name] = value
    return value


CALLS = [
    ("me", lambda: client.me()["role"]),
    ("environments", lambda: client.environments()),
    ("conversations.list", lambda: len(list(conversations.list()))),
    ("conversations.list, filters", lambda: list(conversations.list(started_at_after="2020-01-01T00:00:00"))[0]["id"]),
    ("conversations.list_full", lambda: len(list(conversations.list_full()))),
    ("conversations.get", lambda: conversations.get(BUSINESS_ID)["conversation_id"]),
    ("conversations.get, lean", lambda: conversations.get(BUSINESS_ID, full=False)["conversation_id"]),
    ("conversations.resolve", lambda: conversations.resolve(BUSINESS_ID)),
    ("conversations.attachments", lambda: type(conversations.attachments(BUSINESS_ID)).__name__),
    ("conversations.metadata_keys", lambda: conversations.metadata_keys()),
    ("conversations.metadata_values", lambda: conversations.metadata_values("topic")),
    ("conversations.message_metadata_keys", lambda: conversations.message_metadata_keys()),
    ("conversations.rename", lambda: conversations.rename(BUSINESS_ID, "Renamed")["name"]),
    ("conversations.mark", lambda: conversations.mark(BUSINESS_ID)["is_marked"]),
    ("conversations.update", lambda: conversations.update(BUSINESS_ID, language="en", device="mobile")["language"]),
    ("conversations.update_metadata", lambda: conversations.update_metadata(BUSINESS_ID, {"a": 1})["metadata"]["a"]),
    ("feedbacks.create_for_conversation", lambda: keep("feedback", feedbacks.create_for_conversation(BUSINESS_ID, "positive")["id"])),
    ("feedbacks.create_for_message", lambda: type(feedbacks.create_for_message(first_message(), "negative")["id"]).__name__),
    ("feedbacks.create_for_agent", lambda: type(feedbacks.create_for_agent("positive")["id"]).__name__),
    ("feedbacks.list", lambda: len(list(feedbacks.list())) > 0),
    ("feedbacks.page", lambda: type(feedbacks.page(1)).__name__),
    ("feedbacks.get", lambda: feedbacks.get(made["feedback"])["id"] == made["feedback"]),
    ("feedbacks.update", lambda: feedbacks.update(made["feedback"], comment="Thanks")["comment"]),
    ("feedbacks.delete", lambda: feedbacks.delete(made["feedback"])),
    ("messages.get", lambda: type(messages.get(first_message())["id"]).__name__),
    ("messages.update", lambda: messages.update(first_message(), metadata={"b": 1})["metadata"]),
    ("messages.update_metadata", lambda: messages.update_metadata(first_message(), {"c": 2})["metadata"]),
    ("conversations.delete", lambda: conversations.delete(BUSINESS_ID)["is_deleted"]),
]

for call, run in CALLS:
    try:
        result = f"ok {run()!r}"
    except Exception as error:  # noqa: BLE001: whatever it is, it is the result
        result = f"{type(error).__name__}: {error}"
    print(json.dumps({"call": call, "result": result}), flush=True)

# No call of the three resources was left out.
tried = {call.split(",")[0] for call, _ in CALLS}
for name, resource in {"conversations": conversations, "feedbacks": feedbacks, "messages": messages}.items():
    for method in dir(type(resource)):
        if not method.startswith("_") and callable(getattr(resource, method)) and f"{name}.{method}" not in tried:
            print(json.dumps({"call": f"{name}.{method}", "result": "not called"}))
