/**
 * The thread list of assistant-ui, over Letta: an object with the methods that its `RemoteThreadListAdapter` asks for, so that it can be passed to
 * `useRemoteThreadListRuntime`. Letta has no title field; the summary takes its place.
 *
 * @see https://www.assistant-ui.com/docs/runtimes/custom/custom-thread-list
 */
import { createConvo } from "@convo/core";
import { letta } from "@convo/core/letta";

interface ThreadItem {
  readonly status: "regular" | "archived";
  readonly remoteId: string;
  readonly title: string | undefined;
}

/** The threads of one agent. */
export function createThreadList(agentId: string) {
  const convo = createConvo({ letta: letta() });
  const create = () => convo.letta.create({}, { query: { agent_id: agentId } });
  return {
    async list(): Promise<{ threads: ThreadItem[] }> {
      const threads: ThreadItem[] = [];
      // The vendor's own call: `list` of core has no filter by agent.
      const query = { agent_id: agentId, archive_status: "all" } as const;
      for await (const { id, summary, archived } of convo.letta.client.listConversations({ query }))
        threads.push({
          status: archived ? "archived" : "regular",
          remoteId: id,
          title: summary ?? undefined,
        });
      return { threads };
    },
    async initialize(_threadId: string): Promise<{ remoteId: string; externalId: undefined }> {
      return { remoteId: (await create()).id, externalId: undefined };
    },
    async rename(remoteId: string, title: string): Promise<void> {
      await convo.letta.update(remoteId, { summary: title });
    },
    async archive(remoteId: string): Promise<void> {
      await convo.letta.archive(remoteId);
    },
    async unarchive(remoteId: string): Promise<void> {
      await convo.letta.unarchive(remoteId);
    },
    async delete(remoteId: string): Promise<void> {
      await convo.letta.delete(remoteId);
    },
  };
}
