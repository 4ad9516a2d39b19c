import type { AgentSightClient } from "@convo/agentsight";
import type { Facts } from "../fact.ts";

type FeedbackOperation =
  | "createConversationFeedback"
  | "listFeedbacks"
  | "createFeedback"
  | "getFeedback"
  | "updateFeedback"
  | "deleteFeedback";

const FEEDBACK = {
  id: 5,
  kind: "message",
  agent: 7,
  conversation: 42,
  conversation_id: "support-session-456",
  message: 9001,
  user: null,
  sentiment: "positive",
  category: null,
  comment: "Great",
  topic: null,
  reason: null,
  created_at: "2026-08-18T10:00:00Z",
};

/** AgentSight's feedback: the old write-only route and its successor. */
export const feedback: Pick<Facts<AgentSightClient>, FeedbackOperation> = {
  createConversationFeedback: {
    args: [{ conversation_id: "support-session-456", sentiment: "positive", comment: "Great" }],
    sends: "POST /api/conversation-feedbacks/",
    body: { conversation_id: "support-session-456", sentiment: "positive", comment: "Great" },
    answer: { id: 5, conversation: 42, sentiment: "positive", comment: "Great", source: "customer" },
    status: 201,
  },
  listFeedbacks: {
    args: [{ query: { kind: "message", conversation: 42, has_comment: true, page: 1 } }],
    sends: "GET /api/feedbacks/?kind=message&conversation=42&has_comment=true&page=1",
    answer: { count: 1, next: null, previous: null, counts: { all: 1 }, results: [FEEDBACK] },
  },
  createFeedback: {
    args: [{ kind: "message", message: 9001, sentiment: "positive", topic: "billing" }],
    sends: "POST /api/feedbacks/",
    body: { kind: "message", message: 9001, sentiment: "positive", topic: "billing" },
    answer: FEEDBACK,
    status: 201,
    also: [{ body: FEEDBACK }],
  },
  getFeedback: { args: [5], sends: "GET /api/feedbacks/5/", answer: { ...FEEDBACK, ticket: null } },
  updateFeedback: {
    args: [5, { sentiment: "negative", comment: "" }],
    sends: "PATCH /api/feedbacks/5/",
    body: { sentiment: "negative", comment: "" },
    answer: { ...FEEDBACK, sentiment: "negative", comment: "" },
  },
  deleteFeedback: { args: [5], sends: "DELETE /api/feedbacks/5/", empty: [204] },
};
