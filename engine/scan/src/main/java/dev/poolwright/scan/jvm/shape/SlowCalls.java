package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Calls that wait for something other than the database, by the type of what they are made on. */
final class SlowCalls {

    private static final List<String> HTTP = List.of(
            "org.springframework.web.client.RestTemplate",
            "org.springframework.web.client.RestOperations",
            "java.net.http.HttpClient",
            "org.apache.http.client.HttpClient",
            "org.apache.http.impl.client.CloseableHttpClient",
            "org.apache.hc.client5.http.impl.classic.CloseableHttpClient",
            "org.apache.hc.client5.http.classic.HttpClient");
    private static final Set<String> HTTP_ACTS = Set.of(
            "getForObject",
            "getForEntity",
            "postForObject",
            "postForEntity",
            "postForLocation",
            "patchForObject",
            "exchange",
            "execute",
            "put",
            "delete",
            "headForHeaders",
            "optionsForAllow",
            "send");
    private static final List<String> CONNECTIONS =
            List.of("java.net.HttpURLConnection", "java.net.URLConnection", "javax.net.ssl.HttpsURLConnection");
    private static final Set<String> CONNECTION_ACTS = Set.of("connect", "getInputStream", "getResponseCode");
    private static final List<String> MAIL = List.of(
            "org.springframework.mail.javamail.JavaMailSender",
            "org.springframework.mail.MailSender",
            "org.springframework.mail.javamail.JavaMailSenderImpl");
    private static final List<String> STORES = List.of(
            "com.amazonaws.services.s3.AmazonS3",
            "com.amazonaws.services.s3.AmazonS3Client",
            "software.amazon.awssdk.services.s3.S3Client",
            "io.minio.MinioClient",
            "com.aliyun.oss.OSS",
            "com.aliyun.oss.OSSClient",
            "com.google.cloud.storage.Storage",
            "com.qcloud.cos.COSClient");
    private static final Set<String> STORE_ACTS = Set.of(
            "putObject",
            "getObject",
            "deleteObject",
            "deleteObjects",
            "copyObject",
            "listObjects",
            "listObjectsV2",
            "uploadObject",
            "statObject",
            "removeObject",
            "headObject",
            "upload",
            "download",
            "create",
            "readAllBytes",
            "makeBucket",
            "createBucket");
    private static final Pattern AWS =
            Pattern.compile("(software\\.amazon\\.awssdk\\.services|com\\.amazonaws\\.services)\\..*Client");
    private static final List<String> TRANSFER =
            List.of("org.apache.commons.net.ftp.FTPClient", "com.jcraft.jsch.ChannelSftp");
    private static final Set<String> TRANSFER_ACTS =
            Set.of("connect", "storeFile", "retrieveFile", "put", "get", "login", "listFiles");

    /** Last calls of the chains that are known. */
    private static final Set<String> CHAIN_ENDS = Set.of(
            "openStream",
            "execute",
            "get",
            "post",
            "downloadFile",
            "downloadString",
            "block",
            "blockFirst",
            "blockLast",
            "blockOptional",
            "retrieve",
            "exchange",
            "exchangeToMono",
            "exchangeToFlux",
            "join");

    private final Types types;
    private final Beans beans;

    SlowCalls(Beans beans) {
        this.types = beans.types();
        this.beans = beans;
    }

    /** In words; empty for a call that is not known to wait. */
    Optional<String> what(SyntaxNode call, JavaClass in) {
        if (!call.is("method_invocation")) {
            return Optional.empty();
        }
        String name = call.text("name");
        String object = call.text("object");
        if (name.equals("sleep")
                && (object.equals("Thread") || object.matches("(TimeUnit\\.)?(MILLISECONDS|SECONDS|MINUTES)"))) {
            return Optional.of("a pause, " + JavaShapeReader.called(call));
        }
        if (object.isEmpty()) {
            return Optional.empty();
        }
        return onVariable(call, name, in)
                .or(() -> chained(call, name, in))
                .map(what -> what + " " + JavaShapeReader.called(call));
    }

    private Optional<String> onVariable(SyntaxNode call, String name, JavaClass in) {
        Optional<Types.Declared> type = call.child("object").flatMap(object -> types.of(object, in));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Types.Declared of = type.get();
        if ((of.isOneOf(HTTP) && HTTP_ACTS.contains(name))
                || (of.isOneOf(CONNECTIONS) && CONNECTION_ACTS.contains(name))) {
            return Optional.of("HTTP call");
        }
        if (of.isOneOf(MAIL) && name.equals("send")) {
            return Optional.of("mail");
        }
        boolean cloud = AWS.matcher(of.fullName()).matches()
                && name.matches("(send|publish|invoke|put|get|create|start|update|delete)[A-Z]?\\w*");
        if ((of.isOneOf(STORES) && STORE_ACTS.contains(name)) || cloud) {
            return Optional.of("cloud call");
        }
        if (of.isOneOf(TRANSFER) && TRANSFER_ACTS.contains(name)) {
            return Optional.of("file transfer");
        }
        boolean answer = of.isOneOf(List.of("org.springframework.amqp.rabbit.core.RabbitTemplate"))
                && name.matches("convertSendAndReceive|sendAndReceive");
        if (answer) {
            return Optional.of("call over the broker");
        }
        if (of.isOneOf(List.of("java.lang.Process")) || of.type().equals("Process")) {
            return name.equals("waitFor") ? Optional.of("a process") : Optional.empty();
        }
        return feign(of) ? Optional.of("HTTP call (Feign)") : Optional.empty();
    }

    private boolean feign(Types.Declared of) {
        return of.field()
                && beans.canBeRemote(of)
                && types.index()
                        .resolve(of.type(), of.file())
                        .filter(one -> one.node().is("interface_declaration"))
                        .flatMap(one -> one.annotation("FeignClient", "HttpExchange", "RegisterRestClient"))
                        .isPresent();
    }

    /** A chain that ends in something that waits. */
    private Optional<String> chained(SyntaxNode call, String name, JavaClass in) {
        if (!CHAIN_ENDS.contains(name)) {
            return Optional.empty();
        }
        SyntaxNode root = Calls.root(call);
        String chain = call.text("object");
        boolean direct = call.child("object").filter(root::equals).isPresent();
        if (name.matches("openStream") && chain.matches("(?s)(new URL\\(.*|\\w*[uU]rl)")) {
            return Optional.of("HTTP call");
        }
        if (name.equals("execute") && chain.matches("(?s).*\\.newCall\\(.*\\)")) {
            return Optional.of("HTTP call");
        }
        if (direct) {
            boolean hutool = root.text().equals("HttpUtil") && in.file().means("HttpUtil", "cn.hutool.http.HttpUtil");
            return hutool && name.matches("get|post|downloadFile|downloadString")
                    ? Optional.of("HTTP call")
                    : Optional.empty();
        }
        if (name.equals("execute")
                && root.text().equals("HttpRequest")
                && in.file().means("HttpRequest", "cn.hutool.http.HttpRequest")) {
            return Optional.of("HTTP call");
        }
        Optional<Types.Declared> type = types.of(root, in);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        boolean web = type.get().isOneOf(List.of("org.springframework.web.reactive.function.client.WebClient"));
        if (web && name.matches("block|blockFirst|blockLast|blockOptional")) {
            return Optional.of("HTTP call");
        }
        if (web && name.matches("retrieve|exchangeToMono|exchangeToFlux") && reactive(call, in)) {
            return Optional.of("HTTP call");
        }
        boolean rest = type.get().isOneOf(List.of("org.springframework.web.client.RestClient"));
        if (rest && name.matches("retrieve|exchange")) {
            return Optional.of("HTTP call");
        }
        boolean waits = name.matches("get|join") && chain.matches("(?s).*\\.send\\(.*\\)");
        boolean broker = type.get()
                .isOneOf(List.of(
                        "org.springframework.kafka.core.KafkaTemplate",
                        "org.apache.kafka.clients.producer.KafkaProducer",
                        "org.apache.kafka.clients.producer.Producer"));
        return waits && broker ? Optional.of("an answer of Kafka,") : Optional.empty();
    }

    private static boolean reactive(SyntaxNode call, JavaClass in) {
        return in.around(call)
                .filter(method -> method.returns().matches("(Mono|Flux)<.*"))
                .isPresent();
    }
}
