package dev.poolwright.scan.infra;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files of the tree by what manifests name them by, so that no reader goes through all of them. Immutable. */
final class TreeIndex {

    private final Set<String> folders = new HashSet<>();
    private final Map<String, List<SourceFile>> byFileName = new HashMap<>();
    private final List<SourceFile> terraform = new ArrayList<>();
    private final List<SourceFile> compose = new ArrayList<>();

    private TreeIndex() {}

    static TreeIndex of(Project project) {
        return project.view(TreeIndex.class, TreeIndex::make);
    }

    private static TreeIndex make(Project project) {
        TreeIndex index = new TreeIndex();
        for (SourceFile file : project.tree().files()) {
            String folder = file.folder();
            while (index.folders.add(folder) && !folder.isEmpty()) {
                folder = folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : "";
            }
            if (file.language() == Language.SHELL
                    || file.language() == Language.PYTHON
                    || file.language() == Language.JAVASCRIPT
                    || file.language() == Language.INI
                    || file.language() == Language.JSON) {
                index.byFileName
                        .computeIfAbsent(file.fileName(), key -> new ArrayList<>(1))
                        .add(file);
            } else if (file.language() == Language.HCL) {
                index.terraform.add(file);
            } else if (file.language() == Language.YAML && file.fileName().contains("compose")) {
                index.compose.add(file);
            }
        }
        return index;
    }

    /** Whether there are files below. */
    boolean isFolder(String name) {
        return folders.contains(name);
    }

    /** Programs, scripts and settings of that file name. */
    List<SourceFile> named(String fileName) {
        return byFileName.getOrDefault(fileName, List.of());
    }

    /** Files of Terraform and their variables. */
    List<SourceFile> terraform() {
        return terraform;
    }

    /** Compose files. */
    List<SourceFile> compose() {
        return compose;
    }
}
