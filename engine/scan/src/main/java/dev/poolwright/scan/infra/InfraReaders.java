package dev.poolwright.scan.infra;

import dev.poolwright.scan.project.Reader;
import java.util.List;

/** The readers of this package. */
public final class InfraReaders {

    private InfraReaders() {}

    public static List<Reader> all() {
        return List.of(
                new KubernetesReader(),
                new HelmReader(),
                new ComposeReader(),
                new DotenvReader(),
                new DatabaseConfigReader(),
                new TerraformReader(),
                new EcsReader(),
                new CloudRunReader(),
                new PythonDeployReader(),
                new WorkerFilesReader());
    }
}
