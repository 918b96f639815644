namespace TsMapSurvey.Chaos;

/// <summary>A file that takes all room that is left on a file system, until it is deleted.</summary>
internal sealed class FullDisk(string folder)
{
    private readonly string _ballast = Path.Combine(folder, "ballast");

    public void Fill()
    {
        using var file = File.Create(_ballast);
        for (var piece = new byte[1 << 16]; piece.Length >= 1; piece = new byte[piece.Length / 2])
        {
            try
            {
                while (true) RandomAccess.Write(file.SafeFileHandle, piece, RandomAccess.GetLength(file.SafeFileHandle));
            }
            catch (IOException)
            {
                // No room for a piece of this size: on with smaller ones.
                if (piece.Length == 1) return;
            }
        }
    }

    public void Empty() => File.Delete(_ballast);
}
