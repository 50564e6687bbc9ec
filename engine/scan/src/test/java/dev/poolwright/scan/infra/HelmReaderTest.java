package dev.poolwright.scan.infra;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HelmReaderTest {

    private Tree tree = new Tree(Path.of("."));

    @BeforeEach
    void chart(@TempDir Path root) {
        tree = new Tree(root)
                .with("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n")
                .with("chart/values.yaml", """
                        api:
                          enabled: true
                          replicaCount: 2
                          image: {repository: shop/api, tag: "1"}
                          env:
                            POOL_SIZE: "20"
                          strategy: {surge: 50%}
                        worker:
                          enabled: false
                        """)
                .with("chart/templates/_helpers.tpl", """
                        {{- define "shop.name" -}}
                        {{- printf "%s-%s" .root.Release.Name .part | trunc 63 | trimSuffix "-" -}}
                        {{- end -}}
                        {{- define "shop.env" -}}
                        - name: REGION
                          value: {{ .Values.region | default "north" | quote }}
                        {{- range $key, $value := .Values.api.env }}
                        - name: {{ $key }}
                          value: {{ $value | quote }}
                        {{- end }}
                        {{- end -}}
                        """)
                .with("chart/templates/api.yaml", """
                        {{- if .Values.api.enabled }}
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: {{ include "shop.name" (dict "root" $ "part" "api") }}
                        spec:
                          replicas: {{ .Values.api.replicaCount }}
                          strategy:
                            rollingUpdate:
                              maxSurge: {{ .Values.api.strategy.surge | quote }}
                          template:
                            spec:
                              containers:
                                - name: api
                                  image: "{{ .Values.api.image.repository }}:{{ .Values.api.image.tag }}"
                                  env:
                                    {{- include "shop.env" . | nindent 12 }}
                                    - name: STRANGE
                                      value: {{ someFunction .Values.api }}
                        {{- end }}
                        """)
                .with("chart/templates/worker.yaml", """
                        {{- if .Values.worker.enabled }}
                        kind: Deployment
                        metadata: {name: worker}
                        spec: {template: {spec: {containers: [{name: w, image: w}]}}}
                        {{- end }}
                        """);
    }

    @Test
    void templatesAreRenderedAndValuesKeepTheirPlaces() {
        Deployment api = tree.deployment("shop-api");

        assertThat(api.kind()).isEqualTo("helm");
        assertThat(api.place()).isEqualTo(Place.MAIN);
        assertThat(api.image()).isEqualTo("shop/api");
        assertThat(api.instances().max().single()).contains(2);
        assertThat(api.instances().max().origin().toString()).startsWith("chart/values.yaml:3:");
        assertThat(api.instances().max().trail().getFirst().origin().toString())
                .startsWith("chart/templates/api.yaml:7:");
        assertThat(api.instances().surge().single().orElseThrow().of(3)).isEqualTo(2);
        assertThat(requireNonNull(api.variables().get("POOL_SIZE")).single()).contains("20");
        assertThat(api.variables().get("POOL_SIZE").origin().toString()).startsWith("chart/values.yaml:6:");
        assertThat(requireNonNull(api.variables().get("REGION")).single()).contains("north");
        assertThat(api.variables().get("STRANGE")).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void whatIsSwitchedOffIsNotDeployed() {
        assertThat(tree.of(Deployment.class)).extracting(Deployment::name).containsExactly("shop-api");
    }

    @Test
    void overlayOfAnEnvironmentTakesThePlaceOfTheBase() {
        tree.with("chart/values-prod.yaml", "api: {replicaCount: 7}\n")
                .with("chart/values-dev.yaml", "api: {replicaCount: 1}\n");

        List<Deployment> all = tree.of(Deployment.class);

        assertThat(all).extracting(Deployment::environment).containsExactlyInAnyOrder("production", "development");
        assertThat(all)
                .filteredOn(one -> one.environment().equals("production"))
                .allSatisfy(one -> assertThat(one.instances().max().single()).contains(7));
    }

    @Test
    void overlayForDevelopmentAloneLeavesTheBase() {
        tree.with("chart/values-dev.yaml", "api: {replicaCount: 1}\n");

        assertThat(tree.of(Deployment.class))
                .extracting(Deployment::environment)
                .contains("");
    }

    @Test
    void valuesStandInForATemplateThatIsNotUnderstood() {
        tree.with("chart/templates/api.yaml", "kind: Deployment\ncontainers: {{ \"open }}\n");

        assertThat(tree.deployment("shop-api").instances().max().single()).contains(2);
        assertThat(requireNonNull(tree.deployment("shop-api").variables().get("POOL_SIZE"))
                        .single())
                .contains("20");
    }

    @Test
    void templateThatIncludesItselfComesToAnEnd() {
        tree.with("chart/templates/_loop.tpl", "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}")
                .with("chart/templates/loop.yaml", "kind: Deployment\ncontainers: {{ include \"a\" . }}\n");

        assertThat(tree.facts().coverage().skipped()).anyMatch(line -> line.contains("chart/templates/loop.yaml"));
    }
}
