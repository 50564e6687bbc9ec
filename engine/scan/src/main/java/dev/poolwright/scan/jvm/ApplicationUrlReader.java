package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.pool.JdbcUrl;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.Passwords;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.pool.WrittenPassword;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Placeholders;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.project.Project;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The database URLs of applications, each with how the password beside it is written. */
final class ApplicationUrlReader extends ApplicationReader {

    ApplicationUrlReader() {
        super("jdbc:", "r2dbc:", "mysql://", "postgresql://");
    }

    @Override
    boolean concerns(Setting setting) {
        return isUrl(setting);
    }

    @Override
    boolean readsCopies() {
        return true;
    }

    private static boolean isUrl(Setting setting) {
        String text = setting.text();
        String key = setting.canonical();
        boolean named = key.endsWith("url") || key.endsWith("uri") || key.endsWith("jdbcurl");
        return text.contains("jdbc:")
                || text.contains("r2dbc:")
                || (named && text.matches("(?:vertx-reactive:)?(postgresql|postgres|mysql|mariadb)://.*"));
    }

    @Override
    void read(AppSettings app, Project project, Consumer<Fact> facts) {
        for (Setting setting : app.all()) {
            if (isUrl(setting) && !isOff(setting, app)) {
                Value<String> text = Placeholders.resolve(setting.text(), setting.origin(), app);
                String url = text instanceof Value.Known<String> known ? known.value() : setting.text();
                JdbcUrl.of(url.replaceFirst("^vertx-reactive:", ""))
                        .map(found -> isStandIn(setting, found) ? found.withoutHost() : found)
                        .ifPresent(found -> facts.accept(found.fact(
                                usedBy(setting, app, project),
                                password(setting, app),
                                environment(setting.profile()),
                                setting.file().place(),
                                setting.origin())));
            }
        }
    }

    /** A host of this machine that only counts where a variable is not set says nothing of where the program runs. */
    private static boolean isStandIn(Setting setting, JdbcUrl found) {
        String written = setting.text();
        int query = written.indexOf('?');
        String where = query < 0 ? written : written.substring(0, query);
        return where.contains("${") && found.host().matches("localhost|127\\.0\\.0\\.1|\\[?::1]?|0\\.0\\.0\\.0");
    }

    /** Whether what the URL belongs to is switched off by an {@code enabled: false} beside or above it. */
    private static boolean isOff(Setting url, AppSettings app) {
        String parent = url.key();
        for (int level = 0; level < 3 && parent.contains("."); level++) {
            parent = parent.substring(0, parent.lastIndexOf('.'));
            if (app.at(parent + ".enabled").stream()
                    .anyMatch(setting -> setting.text().equals("false"))) {
                return true;
            }
        }
        return false;
    }

    private static String usedBy(Setting setting, AppSettings app, Project project) {
        if (!setting.canonical().startsWith(SpringDataSource.PREFIX + ".")) {
            return "";
        }
        SpringDataSource source = new SpringDataSource(app, JvmModules.of(project));
        boolean main = source.url()
                .map(url -> url.canonical().equals(setting.canonical()))
                .orElse(false);
        Optional<PoolKind> kind = main ? source.kind() : Optional.empty();
        return kind.map(source::name).orElse("");
    }

    /** The password beside the URL, of the same file and profile where there is one. */
    private static WrittenPassword password(Setting url, AppSettings app) {
        String parent =
                url.key().contains(".") ? url.key().substring(0, url.key().lastIndexOf('.')) : "";
        String up = parent.contains(".") ? parent.substring(0, parent.lastIndexOf('.')) : parent;
        for (String prefix : java.util.List.of(parent, up)) {
            Optional<Setting> beside = app.at(prefix + ".password").stream()
                    .filter(setting -> setting.profile().equals(url.profile())
                            && setting.file().equals(url.file()))
                    .findFirst()
                    .or(() -> app.written(prefix + ".password"));
            if (beside.isPresent()) {
                String user =
                        app.written(prefix + ".username").map(Setting::text).orElse("");
                return new WrittenPassword(
                        written(beside.get(), user, app), beside.get().origin());
            }
        }
        return WrittenPassword.NONE;
    }

    /** {@code ${DB_PASSWORD:secret}} writes a password out: its default. */
    private static Password written(Setting password, String user, AppSettings app) {
        String text = password.text();
        if (text.startsWith("${")) {
            int colon = text.indexOf(':');
            boolean plain =
                    colon > 0 && text.endsWith("}") && !text.substring(2).contains("${");
            return plain && colon + 1 < text.length() - 1
                    ? Passwords.of(text.substring(colon + 1, text.length() - 1), user)
                    : Password.REFERENCE;
        }
        return Passwords.of(text, user, app.folder());
    }

    /** The kind of environment that a profile's name tells; empty where it tells none. */
    static String environment(String profile) {
        String name = profile.toLowerCase(Locale.ROOT);
        if (name.contains("!") || name.isEmpty()) {
            return "";
        }
        if (name.matches("(.*[^a-z])?(prod|production|prd|live)([^a-z].*)?")) {
            return "production";
        }
        if (name.matches("(.*[^a-z])?(stag|staging|stage|uat|pre|preprod)([^a-z].*)?")) {
            return "staging";
        }
        return name.matches("(.*[^a-z])?(dev|develop|development|local)([^a-z].*)?") ? "development" : "";
    }
}
