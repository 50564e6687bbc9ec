package dev.poolwright.scan.python;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.scan.Scan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small trees and scans them for shapes. */
final class ShapeSamples {

    /** An engine, what makes sessions, and a dependency that yields one. */
    static final String DATABASE = """
            from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

            engine = create_async_engine("postgresql+asyncpg://h/d", pool_size=5)
            SessionLocal = async_sessionmaker(bind=engine)


            async def get_db():
                async with SessionLocal() as session:
                    yield session
            """;

    private ShapeSamples() {}

    /** The shapes of one kind in a tree of {@code app/database.py} and one more file. */
    static List<CodeShape> in(Path root, Shape shape, String text) {
        write(root, "app/__init__.py", "");
        write(root, "app/database.py", DATABASE);
        write(root, "app/service.py", text);
        return of(root, shape);
    }

    static List<CodeShape> of(Path root, Shape shape) {
        try {
            return Scan.of(root).of(CodeShape.class).stream()
                    .filter(one -> one.shape() == shape)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static void write(Path root, String name, String text) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
