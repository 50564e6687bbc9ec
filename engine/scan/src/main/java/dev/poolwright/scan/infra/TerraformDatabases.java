package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.DeclaredPath;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.fleet.Value.Case;
import dev.poolwright.scan.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Database servers and network paths that Terraform makes. */
record TerraformDatabases(TerraformModule module, Place place, Consumer<Fact> facts) {

    private static final List<String> CONNECTOR = List.of(
            "machine_type", "min_instances", "max_instances", "min_throughput", "max_throughput", "ip_cidr_range");

    void read(ConfigNode file) {
        TerraformModule.resources(file, "google_sql_database_instance")
                .forEach((label, blocks) -> blocks.forEach(block -> cloudSql(label, block)));
        TerraformModule.resources(file, "google_vpc_access_connector")
                .forEach((label, blocks) -> blocks.forEach(block -> connector(label, block)));
        TerraformModule.resources(file, "aws_db_instance")
                .forEach((label, blocks) -> blocks.forEach(block -> rds(
                        label,
                        block,
                        "identifier",
                        "instance_class",
                        "parameter_group_name",
                        "aws_db_parameter_group")));
        TerraformModule.resources(file, "aws_rds_cluster")
                .forEach((label, blocks) -> blocks.forEach(block -> rds(
                        label,
                        block,
                        "cluster_identifier",
                        "db_cluster_instance_class",
                        "db_cluster_parameter_group_name",
                        "aws_rds_cluster_parameter_group")));
        TerraformModule.resources(file, "azurerm_postgresql_flexible_server")
                .forEach((label, blocks) -> blocks.forEach(block -> azure(label, block)));
        file.entries("module")
                .forEach((label, node) -> TerraformModule.several(node).forEach(block -> publicModule(label, block)));
    }

    private void cloudSql(String label, ConfigNode block) {
        if (block.at("master_instance_name").isPresent()) {
            return; // a read replica has its primary's limit, and what is written goes to the primary
        }
        String version = module.name(block, "", "database_version");
        List<ConfigNode> settings = TerraformModule.blocks(block, "settings");
        ConfigNode first = settings.isEmpty() ? block : settings.getFirst();
        Value<Integer> limit = first.at("database_flags")
                .map(flags -> limit(flags, "name", label))
                .or(() -> first.at("dynamic", "database_flags")
                        .flatMap(dynamic ->
                                TerraformModule.several(dynamic).getFirst().at("for_each"))
                        .map(flags -> limit(flags, "name", label)))
                .orElseGet(() -> unwritten(label, block.origin()));
        facts.accept(new DeclaredServer(
                module.name(block, label, "name"),
                engine(version),
                version.replaceFirst("^[A-Za-z]+_", "").replace('_', '.'),
                module.name(first, "", "tier"),
                limit,
                place,
                block.origin()));
    }

    private static String engine(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        return lower.contains("mysql") || lower.contains("mariadb") ? "mysql" : "postgresql";
    }

    private static Value<Integer> unwritten(String label, Origin origin) {
        return Values.unknown("not written", "max_connections of " + label, origin);
    }

    /** The entry {@code max_connections} in a list of names and values. */
    private Value<Integer> limit(ConfigNode flags, String key, String label) {
        List<Case<Integer>> cases = new ArrayList<>();
        for (TerraformModule.Alternative one : module.alternatives(flags)) {
            Value<Integer> found = unwritten(label, one.node().origin());
            for (ConfigNode flag : TerraformModule.several(one.node())) {
                if (flag.text(key).equals("max_connections")) {
                    found = traced(Values.integer(module.value(flag, "value")), one.trail());
                }
            }
            cases.add(new Case<>(one.condition(), found));
        }
        return TerraformModule.either(cases, flags.origin());
    }

    private static Value<Integer> traced(Value<Integer> value, List<Step> trail) {
        return value instanceof Value.Known<Integer> known && known.trail().isEmpty()
                ? Value.known(known.value(), known.origin(), trail)
                : value;
    }

    private void connector(String label, ConfigNode block) {
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        for (String key : CONNECTOR) {
            if (block.at(key).isPresent()) {
                settings.put(key, Values.setting(module.value(block, key)));
            }
        }
        facts.accept(
                new DeclaredPath(module.name(block, label, "name"), "vpc-connector", settings, place, block.origin()));
    }

    private void rds(String label, ConfigNode block, String name, String tier, String group, String groupType) {
        String engine = module.name(block, "postgres", "engine");
        if (engine.contains("sqlserver")
                || engine.contains("oracle")
                || block.at("replicate_source_db").isPresent()) {
            return;
        }
        Value<Integer> limit = module.named(groupType, block.text(group))
                .flatMap(parameters -> parameters.at("parameter"))
                .map(parameters -> limit(parameters, "name", label))
                .orElseGet(() -> unwritten(label, block.origin()));
        String scaling = TerraformModule.blocks(block, "serverlessv2_scaling_configuration").stream()
                .findFirst()
                .map(one -> "serverless v2, at most " + module.name(one, "?", "max_capacity") + " ACU")
                .orElse("");
        facts.accept(new DeclaredServer(
                module.name(block, label, name),
                engine(engine),
                module.name(block, "", "engine_version"),
                scaling.isEmpty() ? module.name(block, "", tier) : scaling,
                limit,
                place,
                block.origin()));
    }

    private void azure(String label, ConfigNode block) {
        Value<Integer> limit = module.mentioning(
                        "azurerm_postgresql_flexible_server_configuration", "name", "max_connections")
                .filter(one -> one.text("server_id").contains("." + label + "."))
                .map(one -> Values.integer(module.value(one, "value")))
                .orElseGet(() -> unwritten(label, block.origin()));
        facts.accept(new DeclaredServer(
                module.name(block, label, "name"),
                "postgresql",
                module.name(block, "", "version"),
                module.name(block, "", "sku_name"),
                limit,
                place,
                block.origin()));
    }

    /** The public modules for RDS and Cloud SQL, whose inputs are named like the resources' attributes. */
    private void publicModule(String label, ConfigNode block) {
        String source = block.text("source");
        boolean google = source.startsWith("terraform-google-modules/sql-db");
        if (!google && !source.startsWith("terraform-aws-modules/rds")) {
            return;
        }
        String written = google
                ? module.name(block, source, "database_version")
                : module.name(block, source.contains("aurora") ? "aurora-postgresql" : "postgres", "engine");
        Optional<ConfigNode> flags = google ? block.at("database_flags") : block.at("parameters");
        facts.accept(new DeclaredServer(
                module.name(block, label, google ? "name" : "identifier"),
                engine(written),
                google
                        ? written.replaceFirst("^[A-Za-z]+_", "").replace('_', '.')
                        : module.name(block, "", "engine_version"),
                module.name(block, "", google ? "tier" : "instance_class"),
                flags.map(one -> limit(one, "name", label)).orElseGet(() -> unwritten(label, block.origin())),
                place,
                block.origin()));
    }
}
