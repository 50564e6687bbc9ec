package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Handle.Kind;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows the calls that wait for something that is not the database. Safe for several threads. */
final class SlowCalls {

    private static final Set<String> VERBS =
            Set.of("get", "post", "put", "patch", "delete", "head", "options", "request", "stream", "send");
    private static final Set<String> STORE = Set.of(
            "upload_file",
            "upload_fileobj",
            "put_object",
            "download_file",
            "download_fileobj",
            "get_object",
            "fput_object",
            "fget_object",
            "invoke_model");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("urllib.request.urlopen", "HTTP call"),
            Map.entry("subprocess.run", "subprocess"),
            Map.entry("subprocess.call", "subprocess"),
            Map.entry("subprocess.check_call", "subprocess"),
            Map.entry("subprocess.check_output", "subprocess"),
            Map.entry("litellm.completion", "LLM call"),
            Map.entry("litellm.acompletion", "LLM call"),
            Map.entry("litellm.embedding", "LLM call"),
            Map.entry("litellm.aembedding", "LLM call"),
            Map.entry("ollama.chat", "LLM call"),
            Map.entry("ollama.generate", "LLM call"),
            Map.entry("smtplib.SMTP", "mail server"),
            Map.entry("smtplib.SMTP_SSL", "mail server"),
            Map.entry("aiosmtplib.send", "mail server"),
            Map.entry("django.core.mail.send_mail", "mail server"));
    private static final Set<String> LLM_ENDS = Set.of(
            ".chat.completions.create",
            ".responses.create",
            ".embeddings.create",
            ".images.generate",
            ".beta.chat.completions.parse",
            ".chat.completions.parse",
            ".audio.transcriptions.create");
    private static final Set<String> LANGCHAIN = Set.of("invoke", "ainvoke", "agenerate", "apredict");

    private final Handles handles;
    private final Map<SyntaxNode, Optional<String>> known = new ConcurrentHashMap<>();

    SlowCalls(Handles handles) {
        this.handles = handles;
    }

    /** What a call waits for, in words; empty when it is nothing that is known to be slow. */
    Optional<String> of(SyntaxNode call) {
        Optional<String> before = known.get(call);
        if (before == null) {
            before = find(call);
            known.put(call, before);
        }
        return before;
    }

    private Optional<String> find(SyntaxNode call) {
        SyntaxNode called = call.child("function").orElse(call);
        if (!called.is("identifier", "attribute")) {
            return Optional.empty();
        }
        String external = handles.index().externalName(called);
        if (external.equals("time.sleep") || external.equals("asyncio.sleep")) {
            return pause(call).map(text -> "pause " + called.text() + "(" + text + ")");
        }
        if (external.equals("asyncio.to_thread") || external.endsWith(".run_in_threadpool")) {
            return OwnCode.positional(call).stream()
                    .limit(1)
                    .flatMap(one -> named(one).stream())
                    .findFirst();
        }
        Optional<String> byName = named(called);
        if (byName.isPresent() || !called.is("attribute")) {
            return byName;
        }
        return method(called);
    }

    private Optional<String> named(SyntaxNode called) {
        String external = handles.index().externalName(called);
        String last = external.substring(external.lastIndexOf('.') + 1);
        if ((external.equals("requests." + last)
                        || external.equals("httpx." + last)
                        || external.equals("requests.api." + last))
                && VERBS.contains(last)) {
            return Optional.of("HTTP call " + external);
        }
        String what = NAMES.get(external);
        return what == null ? Optional.empty() : Optional.of(what + " " + external);
    }

    private Optional<String> method(SyntaxNode called) {
        String name = called.text("attribute");
        String text = called.text().replaceAll("\\s+", "");
        if (name.equals("wait_for_transaction_receipt") || name.equals("waitForTransactionReceipt")) {
            return Optional.of("wait for a blockchain receipt " + name);
        }
        for (String end : LLM_ENDS) {
            if (text.endsWith(end)) {
                return Optional.of("LLM call " + text.substring(text.length() - end.length() + 1));
            }
        }
        if ((LANGCHAIN.contains(name) && imports(called, "langchain", "langgraph"))
                || (text.endsWith(".messages.create") && imports(called, "anthropic"))) {
            return Optional.of("LLM call " + text);
        }
        if ((name.equals("sendmail") || name.equals("send_message")) && imports(called, "smtplib", "aiosmtplib")) {
            return Optional.of("mail server " + text);
        }
        if (STORE.contains(name) && imports(called, "boto3", "aioboto3", "aiobotocore", "minio", "botocore")) {
            return Optional.of("object store " + name);
        }
        if (VERBS.contains(name)
                && called.child("object")
                        .flatMap(handles::of)
                        .filter(one -> one.is(Kind.WEB))
                        .isPresent()) {
            return Optional.of("HTTP call " + text);
        }
        return Optional.empty();
    }

    private boolean imports(SyntaxNode node, String... packages) {
        return handles.index().module(node).stream()
                .flatMap(module -> module.imports().stream())
                .anyMatch(one -> {
                    for (String wanted : packages) {
                        if (one.module().startsWith(wanted)) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** A pause of a second or more, where its length is written. */
    private Optional<String> pause(SyntaxNode call) {
        return OwnCode.positional(call).stream()
                .limit(1)
                .flatMap(one -> seconds(one).stream())
                .filter(text -> Double.parseDouble(text.replace("_", "")) >= 1)
                .findFirst();
    }

    private Optional<String> seconds(SyntaxNode node) {
        if (node.is("integer", "float")) {
            return Optional.of(node.text()).filter(text -> text.matches("[0-9_]*\\.?[0-9]+|[0-9]+\\."));
        }
        if (node.is("identifier")
                && handles.index().resolve(node).orElse(null) instanceof PythonDefinition.Assignment assignment
                && assignment.how() == PythonDefinition.How.PLAIN) {
            return assignment.value().filter(one -> one.is("integer", "float")).flatMap(this::seconds);
        }
        return Optional.empty();
    }
}
