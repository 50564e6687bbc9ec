package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Java: {@code pom.xml} with its properties, managed versions and parents inside the tree; the version of Spring Boot from its
 * parent or its list of versions, and the HikariCP that it manages.
 */
final class PomReader implements Reader {

    /** What a Boot build names, if it names Boot at all; any other artifact of Boot has the same version. */
    private static final List<String> BOOT = List.of("spring-boot-starter-parent", "spring-boot-dependencies");

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(EnumSet.of(Language.XML), file -> file.fileName().equals("pom.xml"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Pom pom = Pom.of(file, project);
        Found found = new Found(file, facts);
        Optional<Boot.Version> boot = boot(pom);
        boot.ifPresent(one -> found.add("spring-boot", one.allowed(), one.origin()));
        for (ConfigNode dependency : pom.own()) {
            Names.jvm(dependency.text("groupId"), dependency.text("artifactId"))
                    .ifPresent(name -> declared(dependency, name, pom, found));
        }
        hikari(pom, boot, found);
    }

    private static void declared(ConfigNode dependency, String name, Pom pom, Found found) {
        Optional<ConfigNode.Scalar> version = pom.version(dependency);
        Allowed allowed = version.filter(one -> Names.hasOwnVersion(dependency.text("artifactId")))
                .map(one -> Allowed.maven(pom.resolved(one.text())))
                .orElse(Allowed.ANY);
        boolean managedByBoot = name.equals("spring-boot") || name.equals("hikaricp");
        if (!managedByBoot || !allowed.version().isEmpty()) {
            found.add(
                    name,
                    allowed,
                    dependency.scalar("artifactId").map(ConfigNode::origin).orElse(Origin.NONE));
        }
    }

    private static Optional<Boot.Version> boot(Pom pom) {
        return Stream.concat(pom.outerParent().stream(), pom.managed())
                .filter(one -> BOOT.contains(one.text("artifactId")))
                .flatMap(one -> one.scalar("version").stream())
                .map(one -> new Boot.Version(Allowed.maven(pom.resolved(one.text())), one.origin()))
                .filter(one -> !one.allowed().version().isEmpty())
                .findFirst();
    }

    /** HikariCP where nobody writes its version: a starter brings it, or it stands there without one. */
    private static void hikari(Pom pom, Optional<Boot.Version> boot, Found found) {
        Stream.concat(pom.own().stream(), pom.inherited().stream())
                .filter(one -> Boot.bringsHikari(one.text("artifactId"))
                        || (one.text("artifactId").equals("HikariCP")
                                && pom.version(one).isEmpty()))
                .flatMap(one -> one.scalar("artifactId").stream())
                .findFirst()
                .ifPresent(one -> {
                    Allowed said = pom.property("hikaricp.version")
                            .map(version -> Allowed.maven(pom.resolved(version.text())))
                            .orElse(Allowed.ANY);
                    Allowed managed = boot.flatMap(version -> Boot.hikari(version.allowed()))
                            .orElse(Allowed.ANY);
                    if (!said.version().isEmpty() || !managed.version().isEmpty()) {
                        found.add("hikaricp", said.version().isEmpty() ? managed : said, one.origin());
                    } else if (one.text().equals("HikariCP")) {
                        found.add("hikaricp", Allowed.ANY, one.origin());
                    }
                });
    }
}
