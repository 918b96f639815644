namespace TsMapSurvey.Storage.Layout;

/// <summary>The names of a job's blobs, which no intake takes for observations; <see cref="StoreLayout"/> draws them all.</summary>
public readonly record struct JobLayout(string Job)
{
    /// <summary>What the blobs of all jobs start with.</summary>
    public const string Jobs = StoreLayout.Jobs;

    public string Folder => $"{Jobs}{Job}/";

    public string Record => $"{Folder}job.json";

    public string Result => $"{Folder}flux.maps";

    public string Datasets => $"{Folder}datasets/";

    /// <summary>Whether a job can have the name.</summary>
    public bool IsPossible => !Job.Contains('/', StringComparison.Ordinal) && BlobName.Fault(Record) is null;

    public string Dataset(int dataset) => $"{Datasets}{dataset:D4}.dataset";

    public string Block(int block) => $"{Folder}blocks/{block:D6}.block";

    /// <summary>Written after the block's maps: it says that the block is done.</summary>
    public string Facts(int block) => $"{Folder}blocks/{block:D6}.json";

    /// <summary>The folder that a blob of <see cref="Jobs"/> is in: a job's, or somebody else's.</summary>
    public static string JobOf(string blob) => blob[Jobs.Length..].Split('/')[0];
}
