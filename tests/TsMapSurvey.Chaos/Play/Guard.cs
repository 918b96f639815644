using System.Diagnostics;
using System.Globalization;

namespace TsMapSurvey.Chaos;

/// <summary>
/// A shell that ends the silos and takes away the file systems that are left when this program is gone, however it ended.
/// </summary>
internal sealed class Guard : IDisposable
{
    private const string Script = """
        while read -r what which; do
          case $what in
            run) runs="$runs $which" ;;
            ran) left=; for one in $runs; do [ "$one" = "$which" ] || left="$left $one"; done; runs=$left ;;
            mount) mounts="$mounts $which" ;;
          esac
        done
        for one in $runs; do kill -KILL "$one"; done
        for one in $mounts; do umount -l "$one"; rmdir "$one"; done
        """;

    private readonly Lock _lock = new();
    private readonly Process _shell =
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardError = true })!;

    public void Runs(int process) => Say($"run {process.ToString(CultureInfo.InvariantCulture)}");

    public void Ran(int process) => Say($"ran {process.ToString(CultureInfo.InvariantCulture)}");

    public void Mounted(string folder) => Say($"mount {folder}");

    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }

    private void Say(string line)
    {
        lock (_lock)
        {
            _shell.StandardInput.WriteLine(line);
            _shell.StandardInput.Flush();
        }
    }
}
