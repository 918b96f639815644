namespace TsMapSurvey.Tables;

public enum TableFormat
{
    /// <summary>ECSV, astropy's text format with units and descriptions, which <c>Table.read</c> opens.</summary>
    Ecsv,

    /// <summary>Comma-separated text with names and values only, for spreadsheets and data frames.</summary>
    Csv,

    /// <summary>The Virtual Observatory's XML, version 1.4.</summary>
    VoTable,

    /// <summary>A JSON array with an object for each row.</summary>
    Json,

    Fits,

    /// <summary>Apache Parquet, the columns' binary format of data frames.</summary>
    Parquet,
}
