using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TsMapSurvey.Storage.Tests.Directories;

/// <summary>
/// Starts this test program again as another process on the same folder. It does one job, given in its environment, and runs no tests.
/// </summary>
internal static class ChildProcess
{
    private const string Job = "TSMAP_STORAGE_TEST_JOB";
    private const string Folder = "TSMAP_STORAGE_TEST_FOLDER";

    public static Process Start(string job, string folder)
    {
        var start = new ProcessStartInfo(Tools.Need("dotnet", "the .NET SDK"), [typeof(ChildProcess).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { [Job] = job, [Folder] = folder },
        };
        return Process.Start(start)!;
    }

    // Runs before the test program's Main. Other threads that use this assembly wait until this method returns, so it must not be
    // asynchronous.
    [ModuleInitializer]
    internal static void RunJob()
    {
        if (Environment.GetEnvironmentVariable(Job) is not { } job) return;
        var store = BlobStores.Open(Environment.GetEnvironmentVariable(Folder)!);
        if (job == "count") Count(store);
        else Rewrite(store);
        Environment.Exit(0);
    }

    private static void Count(IBlobStore store)
    {
        for (var done = 0; done < 25;)
        {
            var now = store.ReadAsync("counter", CancellationToken.None).GetAwaiter().GetResult();
            var next = int.Parse(Encoding.UTF8.GetString(now!.Bytes.Span), CultureInfo.InvariantCulture) + 1;
            var write =
                store.WriteAsync("counter", Encoding.UTF8.GetBytes($"{next}"), WriteCondition.IfMatch(now.ETag), CancellationToken.None);
            if (write.GetAwaiter().GetResult().Written) done++;
        }
    }

    private static void Rewrite(IBlobStore store)
    {
        for (var i = 0; i < 250; i++)
        {
            var content = new byte[1 << 20];
            Array.Fill(content, (byte)i);
            store.WriteAsync("blob", content, WriteCondition.Always, CancellationToken.None).GetAwaiter().GetResult();
            Console.WriteLine(i);
        }
    }
}
