using System.Runtime.CompilerServices;

namespace FineTune.Simulation.Tests.World;

/// <summary>Puts temporary folders into memory where the system has such a place: what is under test is the order of writes, not the disk.</summary>
internal static class MemoryDisk
{
    private const string SharedMemory = "/dev/shm";

    [ModuleInitializer]
    internal static void Use()
    {
        if (Directory.Exists(SharedMemory))
        {
            Environment.SetEnvironmentVariable("TMPDIR", SharedMemory);
        }
    }
}
