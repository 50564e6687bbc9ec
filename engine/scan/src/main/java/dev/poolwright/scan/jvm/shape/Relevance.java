package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from a file's text, without parsing it, whether it or what it uses says a word that matters to transactions. Most
 * services of a large tree do not, and parsing them all would take most of the scan. Safe for several threads.
 */
final class Relevance {

    private static final List<String> WORDS = List.of(
            "REQUIRES_NEW",
            "NOT_SUPPORTED",
            "RestTemplate",
            "RestClient",
            "WebClient",
            "FeignClient",
            "HttpClient",
            "HttpExchange",
            "RegisterRestClient",
            "OkHttp",
            "URLConnection",
            "openStream",
            ".sleep(",
            "KafkaTemplate",
            "KafkaProducer",
            "amazonaws",
            "awssdk",
            "RabbitTemplate",
            "MailSender",
            "MinioClient",
            "com.aliyun.oss",
            "com.qcloud.cos",
            "cloud.storage",
            "cn.hutool.http",
            "FTPClient",
            "com.jcraft",
            "waitFor(");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import ([\\w.]+);");
    private static final Pattern FIELD = Pattern.compile(
            "(?m)^\\s+(?:private |protected |public )?(?:final )?([A-Z]\\w*)(?:<[^>\\n]*>)? [a-z]\\w*\\s*[;=]");
    /** What holds data and does nothing. */
    private static final Pattern PASSIVE =
            Pattern.compile(".*(Exception|Entity|DTO|Dto|VO|Enum|Constants?|Request|Response|Data|Mapper)\\.java"
                    + "|.*/(dto|vo|entity|entities|model|exceptions?|enums?|constants?|annotations?)/[^/]+");

    private static final int MOST_USED = 60;

    private final Project project;
    private final JavaIndex index;
    private final Map<String, Outline> known = new ConcurrentHashMap<>();

    private Relevance(Project project) {
        this.project = project;
        this.index = JavaIndex.of(project);
    }

    static Relevance of(Project project) {
        return project.view(Relevance.class, Relevance::new);
    }

    /** @param open whether it declares an interface or an abstract class
     * @param uses files of classes that it names */
    private record Outline(boolean says, boolean open, List<SourceFile> uses) {}

    /** Whether it says a word, or what it uses does, or what that uses. */
    boolean reaches(SourceFile file, int hops) {
        Outline outline = outline(file);
        if (outline.says() || hops == 0) {
            return outline.says();
        }
        return outline.uses().stream().anyMatch(used -> reaches(used, hops - 1));
    }

    /** Whether other classes can stand for what it declares. */
    boolean isOpen(SourceFile file) {
        return outline(file).open();
    }

    private Outline outline(SourceFile file) {
        Outline outline = known.get(file.name());
        if (outline == null) {
            outline = read(file);
            known.put(file.name(), outline);
        }
        return outline;
    }

    private Outline read(SourceFile file) {
        Optional<String> text = project.text(file).map(SourceText::text);
        if (text.isEmpty()) {
            return new Outline(false, false, List.of());
        }
        Set<SourceFile> uses = new LinkedHashSet<>();
        Matcher imported = IMPORT.matcher(text.get());
        while (imported.find() && uses.size() < MOST_USED) {
            index.fileOf(imported.group(1), file).ifPresent(one -> add(one, uses));
        }
        Matcher field = FIELD.matcher(text.get());
        while (field.find() && uses.size() < MOST_USED) {
            index.named(field.group(1) + ".java").stream()
                    .filter(one -> one.folder().equals(file.folder()))
                    .forEach(one -> add(one, uses));
        }
        return new Outline(
                WORDS.stream().anyMatch(text.get()::contains),
                text.get().contains("interface ") || text.get().contains("abstract class "),
                new ArrayList<>(uses));
    }

    /** A class that is used, and the one that is named as its implementation. */
    private void add(SourceFile used, Set<SourceFile> uses) {
        if (PASSIVE.matcher(used.name()).matches()) {
            return;
        }
        String type = used.fileName().replace(".java", "");
        String plain = type.matches("I[A-Z].*") ? type.substring(1) : type;
        uses.add(used);
        uses.addAll(index.named(plain + "Impl.java"));
        uses.addAll(index.named("Default" + plain + ".java"));
    }

    boolean matches(SourceFile file, Pattern pattern) {
        return project.text(file)
                .map(text -> pattern.matcher(text.text()).find())
                .orElse(false);
    }
}
