package dev.stride.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that other modules can see has a comment; doclint checks what it says. */
class DocumentationTest {

  private static final List<String> MODULES =
      List.of(
          "stride-api",
          "stride-core",
          "stride-ops-std",
          "stride-ops-gpu",
          "stride-testkit",
          "extensions/stride-optim");

  @Test
  void everything_public_is_documented() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      sources.addAll(exportedSources(Path.of("..", "..").resolve(module).resolve("src/main/java")));
    }

    assertThat(undocumented(sources)).isEmpty();
  }

  @Test
  void missing_comments_are_found(@TempDir Path folder) throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Shown.java"),
            "/** Here. */ public interface Shown { /** Here. */ int told(); int untold(); }");

    assertThat(undocumented(List.of(source))).containsExactly("Shown.java: untold");
  }

  private static List<Path> exportedSources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().contains("internal"))
          .filter(file -> !file.endsWith("module-info.java"))
          .toList();
    }
  }

  private static List<String> undocumented(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      Missing missing = new Missing(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        missing.scan(unit, null);
      }
      return missing.found;
    }
  }

  private static final class Missing extends TreePathScanner<Void, Void> {

    private final DocTrees comments;
    private final List<String> found = new ArrayList<>();

    Missing(DocTrees comments) {
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (isShown(type.getModifiers())) {
        check(type.getSimpleName().toString());
        super.visitClass(type, null);
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (isShown(method.getModifiers()) && !isOverride(method) && !isConstructor(method)) {
        check(method.getName().toString());
      }
      return null;
    }

    private boolean isShown(ModifiersTree modifiers) {
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || modifiers.getFlags().contains(Modifier.PROTECTED)
          || getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private static boolean isOverride(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    private static boolean isConstructor(MethodTree method) {
      return method.getName().contentEquals("<init>");
    }

    private void check(String name) {
      if (comments.getDocComment(getCurrentPath()) == null) {
        Path file =
            Path.of(getCurrentPath().getCompilationUnit().getSourceFile().toUri()).getFileName();
        found.add(file + ": " + name);
      }
    }
  }
}
